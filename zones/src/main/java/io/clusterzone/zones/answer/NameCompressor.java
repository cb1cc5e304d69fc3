package io.clusterzone.zones.answer;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.Header;
import io.clusterzone.zones.zone.Node;
import java.nio.ByteBuffer;

/// Shortens names in RDATA by pointers to names before them (RFC 1035 section 4.1.4): those of
/// CNAME, NS, PTR and SOA, which every decoder expects there (RFC 3597 section 4).
///
/// Part of [Reply], for a reply that does not fit without. It remembers where the labels of the
/// message begin, up to a bound, and compares octet by octet: such replies are rare, and most of
/// them small. Allocates nothing.
final class NameCompressor {
  /// A compression pointer to the beginning of the message, and its first octet.
  static final int POINTER = 0xc000;

  private static final int POINTER_OCTET = 0xc0;

  /// The header, where no name stands.
  private static final int NOWHERE = 0;

  /// Labels that are remembered; the names of a cluster share the last few of theirs.
  private static final int MAX_LABELS = 128;

  /// The longest record: an SOA whose names share nothing.
  private static final int MAX_RECORD = Node.RECORD_RDATA + 2 * Name.MAX_LENGTH + 5 * Integer.BYTES;

  /// The record that was written last, in its short form.
  final byte[] record = new byte[MAX_RECORD];

  private final int[] labels = new int[MAX_LABELS];
  private ByteBuffer message = ByteBuffer.allocate(0);
  private int start;
  private int count;
  private int length;

  /// Begins with a message at `start` of which header and question stand already.
  void begin(ByteBuffer message, int start) {
    this.message = message;
    this.start = start;
    count = 0;
    rememberName(Header.LENGTH);
  }

  /// Whether records of this type get shorter: never those of types that came after RFC 1035, as
  /// SRV (RFC 2782).
  static boolean shortens(int type) {
    return switch (type) {
      case RRType.CNAME, RRType.NS, RRType.PTR, RRType.SOA -> true;
      default -> false;
    };
  }

  /// Writes the record at `from`, which is laid out as in a [Node], to [#record]. Returns how many
  /// octets it takes there.
  int shorten(byte[] bytes, int from, int type) {
    System.arraycopy(bytes, from, record, 0, Node.RECORD_RDATA);
    length = Node.RECORD_RDATA;
    int next = putName(bytes, from + Node.RECORD_RDATA);
    if (type == RRType.SOA) {
      next = putName(bytes, next);
    }
    int rest = from + Records.lengthAt(bytes, from) - next;
    System.arraycopy(bytes, next, record, length, rest);
    length += rest;
    putShort(Node.RECORD_RDLENGTH, length - Node.RECORD_RDATA);
    return length;
  }

  /// Returns where the name ends in `bytes`.
  private int putName(byte[] bytes, int from) {
    int at = from;
    int target = NOWHERE;
    while (bytes[at] != 0 && target == NOWHERE) {
      target = find(bytes, at);
      at += target == NOWHERE ? bytes[at] + 1 : 0;
    }
    System.arraycopy(bytes, from, record, length, at - from);
    length += at - from;
    if (target == NOWHERE) {
      record[length++] = 0;
    } else {
      putShort(length, POINTER | target);
      length += Reply.POINTER_LENGTH;
    }
    while (bytes[at] != 0) {
      at += bytes[at] + 1;
    }
    return at + 1;
  }

  private void putShort(int at, int value) {
    record[at] = (byte) (value >>> Byte.SIZE);
    record[at + 1] = (byte) value;
  }

  /// Remembers the names of the record at `position`, which stands in the message now.
  void wrote(int type, int position) {
    int next = rememberName(position + Node.RECORD_RDATA);
    if (type == RRType.SOA) {
      rememberName(next);
    }
  }

  /// Returns where the name ends in the message.
  private int rememberName(int from) {
    int at = from;
    while (label(at) != 0) {
      if (label(at) >= POINTER_OCTET) {
        return at + Reply.POINTER_LENGTH;
      }
      if (count < MAX_LABELS && at <= Reply.MAX_POINTER_TARGET) {
        labels[count++] = at;
      }
      at += label(at) + 1;
    }
    return at + 1;
  }

  /// The place of the name at `at` in the message, in any case of letters (RFC 4343 section 4.1).
  private int find(byte[] bytes, int at) {
    for (int i = 0; i < count; i++) {
      if (isSame(bytes, at, labels[i])) {
        return labels[i];
      }
    }
    return NOWHERE;
  }

  private boolean isSame(byte[] bytes, int at, int position) {
    int left = at;
    int right = followed(position);
    while (bytes[left] != 0 && isSameLabel(bytes, left, right)) {
      left += bytes[left] + 1;
      right = followed(right + label(right) + 1);
    }
    return bytes[left] == 0 && label(right) == 0;
  }

  private boolean isSameLabel(byte[] bytes, int left, int right) {
    for (int i = 0; i <= bytes[left]; i++) {
      if (Name.fold(bytes[left + i]) != Name.fold(message.get(start + right + i))) {
        return false;
      }
    }
    return true;
  }

  /// A pointer to the rest of the name that `owner` points to, without its first `octets`, which
  /// are whole labels.
  int below(int owner, int octets) {
    int at = followed(owner & ~POINTER);
    for (int left = octets; left > 0; ) {
      int taken = label(at) + 1;
      left -= taken;
      at = followed(at + taken);
    }
    return POINTER | at;
  }

  /// The beginning of the name at `position`, which may be a pointer.
  int followed(int position) {
    int at = position;
    while (label(at) >= POINTER_OCTET) {
      at = message.getShort(start + at) & Reply.MAX_POINTER_TARGET;
    }
    return at;
  }

  /// The octet at `position` in the message.
  private int label(int position) {
    return message.get(start + position) & 0xff;
  }
}
