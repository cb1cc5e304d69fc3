package io.clusterzone.dns.forward;

import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.ReplyCleaner;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.Edns;
import io.clusterzone.zones.wire.Header;
import java.nio.ByteBuffer;

/// One query as it goes to an upstream, and the test of its replies.
///
/// The secrets that an attacker off the path must guess: the id, the source port, and the case of
/// each letter of the name (RFC 5452 section 9; the last known as 0x20). The OPT record is our own:
/// nothing of the client's is passed on (RFC 6891 section 6.1.1). Immutable.
final class OutgoingQuery {
  /// The largest reply that we take over UDP, in octets (RFC 9715 section 3.1).
  static final int UDP_SIZE = 1232;

  /// The largest reply over UDP without an OPT record, in octets (RFC 1035 section 4.2.1).
  static final int PLAIN_UDP_SIZE = 512;

  /// The fit of a message to this query.
  enum Match {
    /// It answers the query.
    YES,
    /// Id and question fit but for the spelling of the name.
    OTHER_SPELLING,
    /// It is not a response, has another id, or answers another question.
    NO
  }

  private final byte[] message;
  private final int questionEnd;
  private final boolean mixedCase;

  private OutgoingQuery(byte[] message, int questionEnd, boolean mixedCase) {
    this.message = message;
    this.questionEnd = questionEnd;
    this.mixedCase = mixedCase;
  }

  /// @param spelling bits that decide the case of the name's letters, one each, used again after
  ///   64; 0 for lower case, where the reply may spell the name as it likes
  static OutgoingQuery of(Question question, int id, long spelling, boolean edns) {
    int questionEnd = Header.LENGTH + question.name().length() + 2 * Short.BYTES;
    byte[] message = new byte[questionEnd + (edns ? Edns.OPT_LENGTH : 0)];
    ByteBuffer out = ByteBuffer.wrap(message);
    int flags =
        (question.recursionDesired() ? Header.RD : 0)
            | (question.checkingDisabled() ? Header.CD : 0);
    out.putShort((short) id).putShort((short) flags);
    out.putShort((short) 1)
        .putShort((short) 0)
        .putShort((short) 0)
        .putShort((short) (edns ? 1 : 0));
    question.name().copyTo(message, Header.LENGTH);
    respell(message, Header.LENGTH, question.name().length(), spelling);
    out.position(Header.LENGTH + question.name().length());
    out.putShort((short) question.type()).putShort((short) 1);
    if (edns) {
      out.put((byte) 0).putShort((short) RRType.OPT).putShort((short) UDP_SIZE);
      out.putShort((short) 0).putShort((short) (question.dnssecOk() ? Edns.DO : 0));
      out.putShort((short) 0);
    }
    return new OutgoingQuery(message, questionEnd, spelling != 0);
  }

  private static void respell(byte[] message, int at, int length, long spelling) {
    long bits = spelling;
    for (int i = at; i < at + length; i++) {
      int lower = message[i] | 0x20;
      if (lower >= 'a' && lower <= 'z') {
        message[i] = (byte) ((bits & 1) == 0 ? lower : lower & ~0x20);
        bits = Long.rotateRight(bits, 1);
      }
    }
  }

  byte[] message() {
    return message;
  }

  int id() {
    return (message[0] & 0xff) << 8 | (message[1] & 0xff);
  }

  /// Whether it has an OPT record.
  boolean edns() {
    return message.length > questionEnd;
  }

  /// Octets that a datagram in reply may have.
  int udpSize() {
    return edns() ? UDP_SIZE : PLAIN_UDP_SIZE;
  }

  /// Whether the received message answers this query. Reads nothing behind the question.
  ///
  /// Some servers answer with an error and nothing else: that is taken by its id, because there is
  /// no data in it (RFC 1035 section 7.3 compares the question of a reply that has one).
  Match match(byte[] received) {
    if (received.length < Header.LENGTH || !sameHeader(received)) {
      return Match.NO;
    }
    int questions =
        ((received[Header.QDCOUNT] & 0xff) << Byte.SIZE) | (received[Header.QDCOUNT + 1] & 0xff);
    if (questions == 0 && isError(received)) {
      return Match.YES;
    }
    if (questions != 1 || received.length < questionEnd) {
      return Match.NO;
    }
    boolean sameSpelling = true;
    for (int i = Header.LENGTH; i < questionEnd; i++) {
      if (received[i] != message[i]) {
        if (i >= questionEnd - 2 * Short.BYTES || !sameLetter(received[i], message[i])) {
          return Match.NO;
        }
        sameSpelling = false;
      }
    }
    return sameSpelling || !mixedCase ? Match.YES : Match.OTHER_SPELLING;
  }

  private static boolean isError(byte[] received) {
    return !ReplyCleaner.isFinal(received[Header.FLAGS + 1] & 0x0f);
  }

  private boolean sameHeader(byte[] received) {
    boolean response = (received[Header.FLAGS] & 0x80) != 0;
    boolean opcodeQuery = (received[Header.FLAGS] & 0x78) == 0;
    return response && opcodeQuery && received[0] == message[0] && received[1] == message[1];
  }

  private static boolean sameLetter(byte a, byte b) {
    int lower = a | 0x20;
    return lower >= 'a' && lower <= 'z' && lower == (b | 0x20);
  }
}
