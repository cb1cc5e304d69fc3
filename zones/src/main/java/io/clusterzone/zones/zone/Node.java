package io.clusterzone.zones.zone;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.name.NameHash;
import io.clusterzone.zones.name.NameMap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// One owner name of a zone, prepared for answering. Immutable, read by any thread, made by a
/// [ZoneEditor].
///
/// Everything an answer needs stands in one array, so that a look-up touches few cache lines and
/// the collector has nothing to walk. An empty non-terminal is a node without RRsets.
///
/// ```
///   0  flags
///   1  number of RRsets
///   2  owner length n
///   3  owner, folded wire form, n octets
///      then each RRset, ordered by type:
///      +0  type                                     2 octets
///      +2  number of records; highest bit: packed   2
///      +4  octets that follow                       4
///      +8  packed: a [PackedRRset]; else the records, each as it stands in an answer to its own
///          owner name: C0 0C | type | class IN | TTL | RDLENGTH | RDATA, names not compressed
/// ```
public final class Node implements NameMap.Entry {
  /// Flags: [Trait#EXISTS], [Trait#FIXED], [Trait#ADDRESS_LABELS], [Trait#CANONICAL_LABELS].
  public static final int EXISTS = 1;

  public static final int FIXED = 1 << 1;
  public static final int ADDRESS_LABELS = 1 << 2;

  /// Flag: a name `*` directly below the owner exists (RFC 4592 section 2.1.1).
  public static final int WILDCARD_CHILD = 1 << 3;

  public static final int CANONICAL_LABELS = 1 << 4;

  private static final int TRAITS = EXISTS | FIXED | ADDRESS_LABELS | CANONICAL_LABELS;

  /// Offsets in [#bytes].
  public static final int FLAGS = 0;

  public static final int RRSET_COUNT = 1;
  public static final int OWNER_LENGTH = 2;
  public static final int OWNER = 3;

  /// Offsets from the beginning of an RRset.
  public static final int RRSET_TYPE = 0;

  public static final int RRSET_RECORD_COUNT = 2;
  public static final int RRSET_LENGTH = 4;
  public static final int RRSET_RECORDS = 8;

  /// Room that [#unpack] needs, in octets.
  public static final int MAX_UNPACKED = PackedRRset.MAX_UNPACKED;

  /// In the number of records: the RRset has the short form.
  static final int PACKED = 0x8000;

  /// Offsets from the beginning of a record.
  public static final int RECORD_TYPE = 2;

  public static final int RECORD_CLASS = 4;
  public static final int RECORD_TTL = 6;
  public static final int RECORD_RDLENGTH = 10;
  public static final int RECORD_RDATA = 12;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;

  /// Names directly below this one that exist.
  private final int children;

  Node(byte[] bytes, int children) {
    this.bytes = bytes;
    this.children = children;
  }

  /// A name that stands by itself, in no zone: no parent counts it, and no wildcard covers it.
  ///
  /// @throws IllegalArgumentException if the content is more than a message could carry
  public static Node of(Name owner, Content content) {
    return new Node(NodeEncoder.encode(owner.toFoldedWire(), content, 0), 0);
  }

  /// The array drawn above. Not to be changed.
  @Override
  public byte[] bytes() {
    return bytes;
  }

  public int flags() {
    return bytes[FLAGS];
  }

  /// Where the RRset of this type begins, or -1.
  public int find(int type) {
    int at = firstRRset();
    for (int left = rrsetCount(); left > 0; left--) {
      if (unsignedShort(bytes, at + RRSET_TYPE) == type) {
        return at;
      }
      at = nextRRset(at);
    }
    return -1;
  }

  public int rrsetCount() {
    return bytes[RRSET_COUNT] & 0xff;
  }

  /// Where the first RRset begins, if there is one.
  public int firstRRset() {
    return OWNER + ownerLength();
  }

  /// Where the RRset behind the one at `rrset` begins, if there is one.
  public int nextRRset(int rrset) {
    return rrset + RRSET_RECORDS + recordsLength(rrset);
  }

  public int recordCount(int rrset) {
    return unsignedShort(bytes, rrset + RRSET_RECORD_COUNT) & ~PACKED;
  }

  /// Whether the records of the RRset at `rrset` have to be written by [#unpack] before they stand
  /// as in an answer.
  public boolean isPacked(int rrset) {
    return (unsignedShort(bytes, rrset + RRSET_RECORD_COUNT) & PACKED) != 0;
  }

  /// Writes the records of a packed RRset as they stand in an answer to the beginning of `out`,
  /// which has room for [#MAX_UNPACKED] octets, and returns how many they take.
  public int unpack(int rrset, byte[] out) {
    int type = unsignedShort(bytes, rrset + RRSET_TYPE);
    return PackedRRset.unpack(bytes, type, recordCount(rrset), rrset + RRSET_RECORDS, out);
  }

  /// Octets of the RRset at `rrset` behind its numbers: those of all its records, if it is not
  /// packed.
  public int recordsLength(int rrset) {
    return (int) INT.get(bytes, rrset + RRSET_LENGTH);
  }

  static int unsignedShort(byte[] bytes, int at) {
    return Short.toUnsignedInt((short) SHORT.get(bytes, at));
  }

  /// The owner name in folded case.
  public Name owner() {
    return Name.ofWire(bytes, OWNER);
  }

  /// The RRsets and traits, decoded; the SOA RRset at the apex included.
  public Content content() {
    return NodeDecoder.decode(this);
  }

  int children() {
    return children;
  }

  /// The same owner and records with another number of children. `wildcardChild` tells whether `*`
  /// is among them.
  Node withChildren(int count, boolean wildcardChild) {
    int flags = wildcardChild ? flags() | WILDCARD_CHILD : flags() & ~WILDCARD_CHILD;
    if (flags == flags()) {
      return new Node(bytes, count);
    }
    byte[] copy = bytes.clone();
    copy[FLAGS] = (byte) flags;
    return new Node(copy, count);
  }

  boolean hasWildcardChild() {
    return (flags() & WILDCARD_CHILD) != 0;
  }

  /// Whether the name exists by itself, not only because of names below it.
  boolean hasContent() {
    return rrsetCount() > 0 || (flags() & TRAITS) != 0;
  }

  /// Whether [#content] of the two is equal, for one owner name.
  boolean hasContentOf(Node other) {
    boolean sameTraits = ((flags() ^ other.flags()) & TRAITS) == 0;
    return sameTraits
        && Arrays.equals(
            bytes, RRSET_COUNT, bytes.length, other.bytes, RRSET_COUNT, other.bytes.length);
  }

  @Override
  public long hash() {
    return NameHash.of(bytes, OWNER, ownerLength());
  }

  @Override
  public int ownerOffset() {
    return OWNER;
  }

  @Override
  public int ownerLength() {
    return bytes[OWNER_LENGTH] & 0xff;
  }

  @Override
  public String toString() {
    return owner() + " " + content();
  }
}
