package io.clusterzone.zones.zone;

import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.record.RdataWire;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;

/// Lays out what a name holds as the array of a [Node]. Used by [ZoneEditor].
final class NodeEncoder {
  /// A compression pointer to the question's name (RFC 1035 section 4.1.4).
  private static final short POINTER_TO_QUESTION = (short) 0xc00c;

  private static final short CLASS_IN = 1;
  private static final int MAX_RRSETS = 255;
  private static final int MAX_RECORDS = 65535;

  private NodeEncoder() {}

  /// `flags` are added to those of the content's traits.
  static byte[] encode(byte[] foldedOwner, CommonEnds ends, Content content, int flags) {
    List<RRset> rrsets =
        content.rrsets().stream().sorted(Comparator.comparingInt(RRset::type)).toList();
    if (rrsets.size() > MAX_RRSETS) {
      throw new IllegalArgumentException(rrsets.size() + " RRsets at one name");
    }
    List<byte[]> forms = rrsets.stream().map(rrset -> form(rrset, foldedOwner, ends)).toList();
    int ownerLength = foldedOwner.length - ends.apex.length;
    int length = Node.OWNER + ownerLength + forms.stream().mapToInt(f -> f.length).sum();
    ByteBuffer node = ByteBuffer.allocate(length);
    node.put((byte) (flags | flags(content))).put((byte) rrsets.size());
    node.put((byte) ownerLength).put(foldedOwner, 0, ownerLength);
    forms.forEach(node::put);
    return node.array();
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
    };
  }

  private static int recordsLength(RRset rrset) {
    int length = 0;
    for (Rdata rdata : rrset.rdata()) {
      length = Math.addExact(length, Node.RECORD_RDATA + RdataWire.length(rdata));
    }
    return length;
  }

  private static byte[] form(RRset rrset, byte[] foldedOwner, CommonEnds ends) {
    if (rrset.rdata().size() > MAX_RECORDS) {
      throw new IllegalArgumentException(rrset.rdata().size() + " records in one RRset");
    }
    int length = recordsLength(rrset);
    byte[] packed = PackedRRset.of(rrset, length, foldedOwner, ends);
    int count = rrset.rdata().size();
    if (packed != null) {
      ByteBuffer form = ByteBuffer.allocate(Node.PACKED_HEADER + packed.length);
      form.put((byte) rrset.type()).put((byte) count).put((byte) packed.length).put(packed);
      return form.array();
    }
    ByteBuffer form = ByteBuffer.allocate(Node.LONG_HEADER + length);
    form.put((byte) 0).putShort((short) rrset.type()).putShort((short) count).putInt(length);
    for (Rdata rdata : rrset.rdata()) {
      form.put(record(rdata, rrset.ttlSeconds()));
    }
    return form.array();
  }

  /// One record as it stands in an answer to its own owner name.
  static byte[] record(Rdata rdata, int ttlSeconds) {
    int rdlength = RdataWire.length(rdata);
    ByteBuffer record = ByteBuffer.allocate(Node.RECORD_RDATA + rdlength);
    record.putShort(POINTER_TO_QUESTION).putShort((short) rdata.type()).putShort(CLASS_IN);
    record.putInt(ttlSeconds).putShort((short) rdlength);
    RdataWire.write(rdata, record);
    return record.array();
  }
}
