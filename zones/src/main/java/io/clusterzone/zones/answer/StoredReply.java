package io.clusterzone.zones.answer;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.wire.Rcode;
import java.util.List;

/// A reply from elsewhere than a zone, kept to be sent again and again. Immutable.
///
/// The records stand in wire form as they follow the question in `message`, so that compression
/// pointers stay right for any spelling of the question's name. For each record `ends` has the
/// offset behind it and `ttls` that of its TTL.
public final class StoredReply {
  /// The object's cost besides its message, in octets: headers, fields, two offsets per record.
  private static final int OVERHEAD = 96;

  /// A name's cost besides its octets.
  private static final int NAME_OVERHEAD = 56;

  /// Octets of TYPE, CLASS, TTL and RDLENGTH.
  private static final int FIXED_FIELDS = 10;

  private final byte[] message;
  private final int questionEnd;
  private final int answers;
  private final int[] ends;
  private final int[] ttls;
  private final int rcode;
  private final int ttlSeconds;
  private final List<Name> otherNames;

  /// @param answers the number of records in the answer section; the others are in authority
  /// @param ttlSeconds for how long the reply may be used again
  private StoredReply(
      byte[] message,
      int questionEnd,
      int answers,
      int[] ends,
      int[] ttls,
      int rcode,
      int ttlSeconds,
      List<Name> otherNames) {
    this.message = message;
    this.questionEnd = questionEnd;
    this.answers = answers;
    this.ends = ends;
    this.ttls = ttls;
    this.rcode = rcode;
    this.ttlSeconds = ttlSeconds;
    this.otherNames = List.copyOf(otherNames);
  }

  /// Finds the records of a message that this process wrote itself, so it is known to be whole.
  /// Takes over the array.
  ///
  /// @param otherNames the names for [#otherNames]
  public static StoredReply of(byte[] message, int rcode, int ttlSeconds, List<Name> otherNames) {
    int answers = shortAt(message, Header.ANCOUNT);
    int records = answers + shortAt(message, Header.NSCOUNT);
    int questionEnd = nameEnd(message, Header.LENGTH) + 2 * Short.BYTES;
    int[] ends = new int[records];
    int[] ttls = new int[records];
    int at = questionEnd;
    for (int i = 0; i < records; i++) {
      int fields = nameEnd(message, at);
      ttls[i] = fields + 2 * Short.BYTES;
      at = fields + FIXED_FIELDS + shortAt(message, fields + FIXED_FIELDS - Short.BYTES);
      ends[i] = at;
    }
    return new StoredReply(
        message, questionEnd, answers, ends, ttls, rcode, ttlSeconds, otherNames);
  }

  /// The same of a message about no other names.
  public static StoredReply of(byte[] message, int rcode, int ttlSeconds) {
    return of(message, rcode, ttlSeconds, List.of());
  }

  /// The same with the response code in the header, not to be remembered.
  public static StoredReply of(byte[] message) {
    return of(message, message[Header.FLAGS + 1] & 0xf, 0);
  }

  private static int nameEnd(byte[] message, int at) {
    int next = at;
    while (message[next] != 0) {
      if ((message[next] & 0xc0) == 0xc0) {
        return next + 2;
      }
      next += message[next] + 1;
    }
    return next + 1;
  }

  private static int shortAt(byte[] message, int at) {
    return (message[at] & 0xff) << 8 | (message[at + 1] & 0xff);
  }

  /// The whole message; not to be changed.
  public byte[] message() {
    return message;
  }

  public int questionEnd() {
    return questionEnd;
  }

  public int records() {
    return ends.length;
  }

  public int answers() {
    return answers;
  }

  public int recordStart(int record) {
    return record == 0 ? questionEnd : ends[record - 1];
  }

  public int recordEnd(int record) {
    return ends[record];
  }

  public int ttlOffset(int record) {
    return ttls[record];
  }

  public int ttl(int record) {
    int at = ttls[record];
    return (message[at] & 0xff) << 24
        | (message[at + 1] & 0xff) << 16
        | (message[at + 2] & 0xff) << 8
        | (message[at + 3] & 0xff);
  }

  public int rcode() {
    return rcode;
  }

  public int ttlSeconds() {
    return ttlSeconds;
  }

  /// The names besides the question's that its records are about: the targets of aliases, and the
  /// owners of proofs. The sender may have no say over them.
  public List<Name> otherNames() {
    return otherNames;
  }

  public boolean truncated() {
    return (message[Header.FLAGS] & 0x02) != 0;
  }

  public boolean recursionAvailable() {
    return (message[Header.FLAGS + 1] & 0x80) != 0;
  }

  public boolean authenticData() {
    return (message[Header.FLAGS + 1] & 0x20) != 0;
  }

  /// No name, or no data of the type (RFC 2308 section 2).
  public boolean isNegative() {
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

  public int type(int record) {
    int at = ttls[record] - 4;
    return (message[at] & 0xff) << 8 | (message[at + 1] & 0xff);
  }

  /// Octets of memory, an estimate from above.
  public int weight() {
    int names = 0;
    for (Name name : otherNames) {
      names += NAME_OVERHEAD + name.length();
    }
    return OVERHEAD + message.length + 8 * ends.length + names;
  }
}
