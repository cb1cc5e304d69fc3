package io.clusterzone.dns.shadow;

import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.Edns;
import io.clusterzone.zones.wire.Header;
import java.nio.ByteBuffer;

/// The octets of a question to the other server, and the test of its replies. Immutable.
///
/// It always has an OPT record, with the option that keeps a Clusterzone from repeating it again. A
/// client without one gets 512 octets at the most (RFC 1035 section 4.2.1), and so do we then.
final class RepeatedQuery {
  private static final int OPT_OCTETS = Edns.OPT_LENGTH + Edns.OPTION_HEADER_LENGTH;

  private final byte[] message;
  private final int questionEnd;

  /// @param id unpredictable (RFC 5452 section 9.2)
  RepeatedQuery(ComparedQuestion question, int id) {
    questionEnd = Header.LENGTH + question.name().length() + 2 * Short.BYTES;
    message = new byte[questionEnd + OPT_OCTETS];
    question.name().copyTo(message, Header.LENGTH);
    ByteBuffer out = ByteBuffer.wrap(message);
    out.putShort((short) id).putShort((short) question.flags()).putShort((short) 1);
    out.putInt(0).putShort((short) 1);
    out.position(questionEnd - 2 * Short.BYTES);
    out.putShort((short) question.type()).putShort((short) question.recordClass());
    out.put((byte) 0).putShort((short) RRType.OPT);
    out.putShort((short) Math.max(Edns.MIN_SIZE, question.udpSize()));
    out.putShort((short) 0).putShort((short) question.ednsFlags());
    out.putShort((short) Edns.OPTION_HEADER_LENGTH);
    out.putShort((short) Edns.REPEATED).putShort((short) 0);
  }

  /// To be sent; a view of its own.
  ByteBuffer message() {
    return ByteBuffer.wrap(message).asReadOnlyBuffer();
  }

  /// Whether a message with the same id is a reply to the same question. An error may leave the
  /// question out.
  boolean isAnsweredBy(ByteBuffer reply) {
    if (reply.limit() < Header.LENGTH || (reply.getShort(Header.FLAGS) & Header.QR) == 0) {
      return false;
    }
    if (reply.getShort(Header.QDCOUNT) == 0) {
      return (reply.getShort(Header.FLAGS) & 0xf) != 0;
    }
    if (reply.limit() < questionEnd) {
      return false;
    }
    for (int at = Header.LENGTH; at < questionEnd; at++) {
      boolean name = at < questionEnd - 2 * Short.BYTES;
      byte octet = name ? Name.fold(reply.get(at)) : reply.get(at);
      if (octet != message[at]) {
        return false;
      }
    }
    return true;
  }
}
