package io.clusterzone.dns.forward;

import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.Rcode;

/// What an upstream said to one question, freed of everything that was not asked, ready to be sent
/// again and again. Immutable.
///
/// The records stand in wire form as they follow the question in `message`, so that compression
/// pointers stay right for any spelling of the question's name. For each record `ends` has the
/// offset behind it and `ttls` that of its TTL.
final class UpstreamReply {
  /// What the object costs besides its message, in octets: headers, fields, two offsets per record.
  private static final int OVERHEAD = 96;

  private final byte[] message;
  private final int questionEnd;
  private final int answers;
  private final int[] ends;
  private final int[] ttls;
  private final int rcode;
  private final int ttlSeconds;

  /// @param answers how many of the records stand in the answer section; the others in authority
  /// @param ttlSeconds for how long the reply may be used again
  UpstreamReply(
      byte[] message,
      int questionEnd,
      int answers,
      int[] ends,
      int[] ttls,
      int rcode,
      int ttlSeconds) {
    this.message = message;
    this.questionEnd = questionEnd;
    this.answers = answers;
    this.ends = ends;
    this.ttls = ttls;
    this.rcode = rcode;
    this.ttlSeconds = ttlSeconds;
  }

  byte[] message() {
    return message;
  }

  int questionEnd() {
    return questionEnd;
  }

  int records() {
    return ends.length;
  }

  int answers() {
    return answers;
  }

  int recordStart(int record) {
    return record == 0 ? questionEnd : ends[record - 1];
  }

  int recordEnd(int record) {
    return ends[record];
  }

  int ttlOffset(int record) {
    return ttls[record];
  }

  int rcode() {
    return rcode;
  }

  int ttlSeconds() {
    return ttlSeconds;
  }

  boolean truncated() {
    return (message[Header.FLAGS] & 0x02) != 0;
  }

  boolean recursionAvailable() {
    return (message[Header.FLAGS + 1] & 0x80) != 0;
  }

  boolean authenticData() {
    return (message[Header.FLAGS + 1] & 0x20) != 0;
  }

  /// No name, or no data of the type (RFC 2308 section 2).
  boolean isDenial() {
    return rcode == Rcode.NXDOMAIN || (rcode == Rcode.NOERROR && !hasAnswerOfType());
  }

  private boolean hasAnswerOfType() {
    int asked = (message[questionEnd - 4] & 0xff) << 8 | (message[questionEnd - 3] & 0xff);
    for (int i = 0; i < answers; i++) {
      if (type(i) == asked || asked == 255) {
        return true;
      }
    }
    return false;
  }

  int type(int record) {
    int at = ttls[record] - 4;
    return (message[at] & 0xff) << 8 | (message[at + 1] & 0xff);
  }

  /// Octets of memory, an estimate from above.
  int weight() {
    return OVERHEAD + message.length + 8 * ends.length;
  }
}
