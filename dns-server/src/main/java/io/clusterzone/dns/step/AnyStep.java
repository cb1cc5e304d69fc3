package io.clusterzone.dns.step;

import io.clusterzone.dns.ops.Stage;
import io.clusterzone.dns.query.Asked;
import io.clusterzone.dns.query.Ending;
import io.clusterzone.dns.query.Step;
import io.clusterzone.zones.answer.Reply;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.DnsClass;
import io.clusterzone.zones.wire.Rcode;
import java.nio.charset.StandardCharsets;

/// The directive `any`: a question for all types gets an answer that gives nothing away (RFC 8482
/// section 4.2).
public final class AnyStep implements Step {
  /// The number of the document that obsoletes ANY.
  private static final int TTL_SECONDS = 8482;

  private static final byte[] OBSOLETED =
      "\15ANY obsoleted\14See RFC 8482".getBytes(StandardCharsets.US_ASCII);

  @Override
  public Stage stage() {
    return Stage.ANY;
  }

  @Override
  public Ending take(Asked asked) {
    if (asked.question().type() != RRType.ANY) {
      return Ending.PASS;
    }
    Reply reply = asked.reply();
    reply.begin();
    if (reply.putRecord(RRType.HINFO, DnsClass.IN, TTL_SECONDS, OBSOLETED)) {
      reply.addAnswers(1);
    } else {
      reply.truncate();
    }
    reply.finish(Rcode.NOERROR, 0);
    return Ending.WRITTEN;
  }
}
