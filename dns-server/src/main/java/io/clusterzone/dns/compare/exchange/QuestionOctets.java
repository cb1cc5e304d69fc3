package io.clusterzone.dns.compare.exchange;

import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.Edns;
import io.clusterzone.zones.wire.Header;
import java.nio.ByteBuffer;

/// The octets of a query (RFC 1035 section 4.1).
final class QuestionOctets {
  private static final int MAX_LENGTH =
      Header.LENGTH + Name.MAX_LENGTH + 2 * Short.BYTES + Edns.OPT_LENGTH;

  private QuestionOctets() {}

  static ByteBuffer of(ComparedQuestion question, int id) {
    ByteBuffer out = ByteBuffer.allocate(MAX_LENGTH);
    boolean edns = question.udpSize() > 0;
    out.putShort((short) id);
    out.putShort((short) ((question.opcode() << 11) | (question.flags() & ComparedQuestion.FLAGS)));
    out.putShort((short) 1).putInt(0).putShort((short) (edns ? 1 : 0));
    question.name().writeTo(out);
    out.putShort((short) question.type()).putShort((short) question.recordClass());
    if (edns) {
      out.put((byte) 0).putShort((short) RRType.OPT).putShort((short) question.udpSize());
      out.putShort((short) 0).putShort((short) question.ednsFlags()).putShort((short) 0);
    }
    return out.flip();
  }
}
