package io.clusterzone.zones.zone;

import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.record.RdataWire;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The packed form of an RRset in a [Node]. Nearly every RRset of a cluster is short: an address,
/// an SRV record that leads to the owner, or a name. Parts common to its records stand here once,
/// and of a name in RDATA only the part before an end that the owner or the zone has as well: a
/// large zone takes three quarters of the memory.
///
/// ```
///   TTL                                          4 octets
///   then for each record:
///      numbers    A: 4, AAAA: 16, SRV: 6, names: 0
///      labels     those of the name in RDATA, each with its length
///      end        0: the root; C0 and one octet: the owner from there on; or C1 and one octet:
///                 the common end of this number
/// ```
///
/// Copying it out costs some nanoseconds per record; longer RRsets stand as they are sent.
final class PackedRRset {
  /// Octets that the records take at the most when they stand as in an answer.
  static final int MAX_UNPACKED = 512;

  private static final int END_IN_OWNER = 0xc0;
  private static final int COMMON_END = 0xc1;
  private static final int NONE = -1;

  /// Of the numbers that stand before the form, each an octet.
  private static final int MAX_NUMBER = 255;

  private PackedRRset() {}

  /// Puts the packed form at the buffer's position, which is over an array; false if the RRset has
  /// none.
  ///
  /// @param unpacked octets of its records as in an answer
  static boolean put(
      RRset rrset, int unpacked, byte[] foldedOwner, CommonEnds ends, ByteBuffer node) {
    int numbers = numbers(rrset.type());
    if (numbers == NONE || unpacked > MAX_UNPACKED) {
      return false;
    }
    int start = node.position();
    node.putInt(rrset.ttlSeconds());
    for (Rdata rdata : rrset.rdata()) {
      int name = node.position() + numbers;
      RdataWire.write(rdata, node);
      if (name < node.position()) {
        int base = node.arrayOffset();
        int end = base + node.position();
        node.position(shorten(node.array(), base + name, end, foldedOwner, ends) - base);
      }
    }
    return node.position() - start <= MAX_NUMBER;
  }

  /// Octets before the name in RDATA of this type, or [#NONE] if it has another form.
  private static int numbers(int type) {
    return switch (type) {
      case RRType.A -> Integer.BYTES;
      case RRType.AAAA -> 2 * Long.BYTES;
      case RRType.SRV -> 3 * Short.BYTES;
      case RRType.CNAME, RRType.NS, RRType.PTR -> 0;
      default -> NONE;
    };
  }

  /// The beginning of the name in RDATA of this type, or -1 if it has none or another form.
  static int nameInRdata(int type) {
    return hasName(type) ? numbers(type) : NONE;
  }

  private static boolean hasName(int type) {
    return type != RRType.A && type != RRType.AAAA;
  }

  /// Shortens the name in `octets[name, end)` by the end that it shares with the owner or with
  /// others, and returns the new end.
  private static int shorten(byte[] octets, int name, int end, byte[] owner, CommonEnds ends) {
    for (int at = name; octets[at] != 0; at += octets[at] + 1) {
      int inOwner = owner.length - (end - at);
      if (isEnd(octets, at, end, owner, inOwner)) {
        octets[at] = (byte) END_IN_OWNER;
        octets[at + 1] = (byte) inOwner;
        return at + 2;
      }
      int common = ends.find(octets, at, end);
      if (common >= 0) {
        octets[at] = (byte) COMMON_END;
        octets[at + 1] = (byte) common;
        return at + 2;
      }
    }
    return end;
  }

  /// Whether the rest of the name is the rest of the owner, spelt alike, both from a label on.
  private static boolean isEnd(byte[] name, int at, int end, byte[] owner, int inOwner) {
    if (inOwner < 0 || !Arrays.equals(name, at, end, owner, inOwner, owner.length)) {
      return false;
    }
    int label = 0;
    while (label < inOwner) {
      label += owner[label] + 1;
    }
    return label == inOwner;
  }

  /// Writes the records as in an answer to the beginning of `out`, which has room for
  /// [#MAX_UNPACKED] octets. Returns their length. Allocates nothing.
  ///
  /// @param node as drawn at [Node]
  /// @param at where the form begins
  static int unpack(byte[] node, CommonEnds ends, int type, int count, int at, byte[] out) {
    int numbers = numbers(type);
    int from = at + Integer.BYTES;
    int to = 0;
    for (int i = 0; i < count; i++) {
      int record = to;
      out[record] = (byte) 0xc0;
      out[record + 1] = 0x0c;
      out[record + Node.RECORD_TYPE] = (byte) (type >>> 8);
      out[record + Node.RECORD_TYPE + 1] = (byte) type;
      out[record + Node.RECORD_CLASS] = 0;
      out[record + Node.RECORD_CLASS + 1] = 1;
      System.arraycopy(node, at, out, record + Node.RECORD_TTL, Integer.BYTES);
      to = record + Node.RECORD_RDATA;
      System.arraycopy(node, from, out, to, numbers);
      from += numbers;
      to += numbers;
      if (hasName(type)) {
        int labels = labels(node, from);
        System.arraycopy(node, from, out, to, labels);
        from += labels;
        to += labels;
        int end = node[from++] & 0xff;
        if (end == 0) {
          out[to++] = 0;
        } else if (end == COMMON_END) {
          to = ends.put(node[from++] & 0xff, out, to);
        } else {
          to = putOwner(node, ends.apex, node[from++] & 0xff, out, to);
        }
      }
      int length = to - record - Node.RECORD_RDATA;
      out[record + Node.RECORD_RDLENGTH] = (byte) (length >>> 8);
      out[record + Node.RECORD_RDLENGTH + 1] = (byte) length;
    }
    return to;
  }

  /// Copies the owner from `skipped` on to `out[to]`, and returns where it stops.
  private static int putOwner(byte[] node, byte[] apex, int skipped, byte[] out, int to) {
    int own = node[Node.OWNER_LENGTH] & 0xff;
    int left = Math.max(own - skipped, 0);
    int skippedOfApex = Math.max(skipped - own, 0);
    System.arraycopy(node, Node.OWNER + own - left, out, to, left);
    System.arraycopy(apex, skippedOfApex, out, to + left, apex.length - skippedOfApex);
    return to + left + apex.length - skippedOfApex;
  }

  /// Octets of the labels that stand at `at`.
  private static int labels(byte[] node, int at) {
    int end = at;
    while (node[end] > 0) {
      end += node[end] + 1;
    }
    return end - at;
  }
}
