package io.clusterzone.zones.zone;

import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.record.RdataWire;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Lays out what a name holds as the array of a [Node]. Used by [ZoneEditor].
final class NodeEncoder {
  /// A compression pointer to the question's name (RFC 1035 section 4.1.4).
  private static final short POINTER_TO_QUESTION = (short) 0xc00c;

  private static final short CLASS_IN = 1;
  private static final int MAX_RRSETS = 255;

  private NodeEncoder() {}

  /// `flags` are added to those that follow from the content.
  static byte[] encode(byte[] foldedOwner, CommonEnds ends, Content content, int flags) {
    List<RRset> rrsets = ordered(content.rrsets());
    if (rrsets.size() > MAX_RRSETS) {
      throw new IllegalArgumentException(rrsets.size() + " RRsets at one name");
    }
    int ownerLength = foldedOwner.length - ends.apex.length;
    int most = Node.OWNER + ownerLength;
    for (RRset rrset : rrsets) {
      most = Math.addExact(most, Node.LONG_HEADER + recordsLength(rrset));
    }
    ByteBuffer node = ByteBuffer.allocate(most);
    int kind = kind(content, foldedOwner, ownerLength);
    node.put((byte) (flags | flags(content) | kind)).put((byte) rrsets.size());
    node.put((byte) ownerLength).put(foldedOwner, 0, ownerLength);
    for (RRset rrset : rrsets) {
      putRRset(rrset, foldedOwner, ends, node);
    }
    return node.hasRemaining() ? Arrays.copyOf(node.array(), node.position()) : node.array();
  }

  private static List<RRset> ordered(List<RRset> rrsets) {
    if (rrsets.size() < 2) {
      return rrsets;
    }
    List<RRset> ordered = new ArrayList<>(rrsets);
    ordered.sort(Comparator.comparingInt(RRset::type));
    return ordered;
  }

  /// An owner that holds nothing: the name that begins at `offset`.
  static byte[] empty(byte[] name, int offset, CommonEnds ends, int flags) {
    int ownerLength = name.length - offset - ends.apex.length;
    byte[] node = new byte[Node.OWNER + ownerLength];
    node[Node.FLAGS] = (byte) flags;
    node[Node.OWNER_LENGTH] = (byte) ownerLength;
    System.arraycopy(name, offset, node, Node.OWNER, ownerLength);
    return node;
  }

  /// The flags for cut and DNAME.
  private static int kind(Content content, byte[] foldedOwner, int ownerLength) {
    boolean cut = content.has(RRType.NS) && ownerLength > 0 && !Node.isWildcard(foldedOwner, 0);
    return (cut ? Node.CUT : 0) | (content.has(RRType.DNAME) ? Node.DNAME : 0);
  }

  private static int flags(Content content) {
    int flags = 0;
    for (Trait trait : content.traits()) {
      flags |= flag(trait);
    }
    return flags;
  }

  static int flag(Trait trait) {
    return switch (trait) {
      case EXISTS -> Node.EXISTS;
      case FIXED -> Node.FIXED;
      case ADDRESS_LABELS -> Node.ADDRESS_LABELS;
      case CANONICAL_LABELS -> Node.CANONICAL_LABELS;
      case ELSEWHERE -> Node.ELSEWHERE;
    };
  }

  private static int recordsLength(RRset rrset) {
    int length = 0;
    for (Rdata rdata : rrset.rdata()) {
      length = Math.addExact(length, Node.RECORD_RDATA + RdataWire.length(rdata));
    }
    return length;
  }

  private static void putRRset(RRset rrset, byte[] foldedOwner, CommonEnds ends, ByteBuffer node) {
    int count = rrset.rdata().size();
    if (count > RRset.MAX_RECORDS) {
      throw new IllegalArgumentException(count + " records in one RRset");
    }
    int length = recordsLength(rrset);
    int start = node.position();
    int records = start + Node.PACKED_HEADER;
    if (PackedRRset.put(rrset, length, foldedOwner, ends, node.position(records))) {
      int octets = node.position() - records;
      node.put(start, (byte) rrset.type());
      node.put(start + Node.PACKED_RECORD_COUNT, (byte) count);
      node.put(start + Node.PACKED_LENGTH, (byte) octets);
      return;
    }
    node.position(start).put((byte) 0);
    node.putShort((short) rrset.type()).putShort((short) count).putInt(length);
    for (Rdata rdata : rrset.rdata()) {
      putRecord(rdata, rrset.ttlSeconds(), node);
    }
  }

  /// One record as it stands in an answer to its own owner name.
  private static void putRecord(Rdata rdata, int ttlSeconds, ByteBuffer node) {
    node.putShort(POINTER_TO_QUESTION).putShort((short) rdata.type()).putShort(CLASS_IN);
    node.putInt(ttlSeconds).putShort((short) RdataWire.length(rdata));
    RdataWire.write(rdata, node);
  }
}
