package io.clusterzone.dns.step;

import io.clusterzone.dns.ops.Protocol;
import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.query.Asked;
import io.clusterzone.dns.query.Ending;
import io.clusterzone.dns.query.Step;
import io.clusterzone.zones.answer.Reply;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.Rcode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The directive `whoami`: shows clients how we see them, in the additional section. Their address,
/// and their port in an SRV record at `_udp` or `_tcp` below the name that they asked for.
public final class WhoamiStep implements Step {
  /// Octets of an SRV record's RDATA whose target is the root.
  private static final int SRV_LENGTH = 7;

  private static final int SRV_PORT = 4;
  private static final byte[] UDP = "\4_udp".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TCP = "\4_tcp".getBytes(StandardCharsets.US_ASCII);

  @Override
  public Stage stage() {
    return Stage.WHOAMI;
  }

  @Override
  public Ending take(Asked asked) {
    byte[] address = asked.clientAddress();
    int type = address.length == 4 ? RRType.A : RRType.AAAA;
    int recordClass = asked.question().recordClass();
    byte[] labels = asked.protocol() == Protocol.TCP ? TCP : UDP;
    byte[] port =
        ByteBuffer.allocate(SRV_LENGTH)
            .putShort(SRV_PORT, (short) asked.client().getPort())
            .array();
    Reply reply = asked.reply();
    reply.begin();
    if (reply.putRecord(type, recordClass, 0, address)) {
      reply.addAdditionals(1);
    }
    if (asked.question().nameLength() + labels.length <= Name.MAX_LENGTH
        && reply.putRecord(labels, RRType.SRV, recordClass, 0, port)) {
      reply.addAdditionals(1);
    }
    reply.finish(Rcode.NOERROR, Header.AA);
    return Ending.WRITTEN;
  }
}
