package io.clusterzone.zones.zone;

import io.clusterzone.zones.name.CanonicalOrder;
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
/// the collector has nothing to walk.
///
/// These kinds of node there are; a name without one does not exist:
///
/// | kind | known by | its own name | names below it that have no node |
/// |---|---|---|---|
/// | plain | RRsets | answered | do not exist |
/// | empty non-terminal | neither RRsets nor traits | NODATA | do not exist |
/// | closest encloser of a wildcard | [#WILDCARD_CHILD] | as above | are answered from `*` |
/// | cut | [#CUT]: NS, and not the apex | referral, but for DS | referral, with a node as well |
/// | DNAME | [#DNAME]: DNAME | answered | aliases, with a node as well |
///
/// A name whose first label is `*` is a plain one when it is asked for itself, and lends its RRsets
/// to the names it covers. NS there make no cut (RFC 4592 section 4.2 leaves it open): they are
/// answered as data, as other types are, and so is a DNAME for a name that is covered (section
/// 4.4). Other properties of a name are its [Trait]s.
///
/// ```
///   0  flags
///   1  number of RRsets
///   2  owner length n
///   3  owner without the apex, folded wire form, n octets
///      then each RRset, ordered by type; packed:
///      +0  type, which is not 0     1 octet
///      +1  number of records        1
///      +2  octets that follow       1
///      +3  a [PackedRRset]
///      or at length:
///      +0  0                        1 octet
///      +1  type                     2
///      +3  number of records        2
///      +5  octets that follow       4
///      +9  the records, each as it stands in an answer to its own owner name: C0 0C | type |
///          class IN | TTL | RDLENGTH | RDATA, names not compressed
/// ```
public sealed class Node implements NameMap.Entry permits ParentNode {
  /// Flags: [Trait#EXISTS], [Trait#FIXED], [Trait#ADDRESS_LABELS], [Trait#CANONICAL_LABELS],
  /// [Trait#ELSEWHERE].
  public static final int EXISTS = 1;

  public static final int FIXED = 1 << 1;
  public static final int ADDRESS_LABELS = 1 << 2;

  /// Flag: a name `*` directly below the owner exists (RFC 4592 section 2.1.1).
  public static final int WILDCARD_CHILD = 1 << 3;

  public static final int CANONICAL_LABELS = 1 << 4;

  public static final int ELSEWHERE = 1 << 5;

  /// Flag: the owner is delegated to other servers (RFC 1034 section 4.2.1), so that what stands
  /// below it is glue.
  public static final int CUT = 1 << 6;

  /// Flag: the owner has a DNAME, so that nothing that stands below it is seen (RFC 6672 section
  /// 2.4).
  public static final int DNAME = 1 << 7;

  private static final int OCCLUDES = CUT | DNAME;

  private static final int TRAITS = EXISTS | FIXED | ADDRESS_LABELS | CANONICAL_LABELS | ELSEWHERE;

  /// Offsets in [#bytes].
  public static final int FLAGS = 0;

  public static final int RRSET_COUNT = 1;
  public static final int OWNER_LENGTH = 2;
  public static final int OWNER = 3;

  /// Octets of the header of a packed RRset.
  static final int PACKED_HEADER = 3;

  static final int LONG_HEADER = 9;

  /// Offsets from the beginning of an RRset.
  static final int PACKED_RECORD_COUNT = 1;

  static final int PACKED_LENGTH = 2;
  private static final int LONG_TYPE = 1;
  private static final int LONG_RECORD_COUNT = 3;
  private static final int LONG_LENGTH = 5;

  /// Room that [#unpack] needs, in octets.
  public static final int MAX_UNPACKED = PackedRRset.MAX_UNPACKED;

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
  private final CommonEnds ends;

  Node(byte[] bytes, CommonEnds ends) {
    this.bytes = bytes;
    this.ends = ends;
  }

  /// A node above this number of names.
  static Node of(byte[] bytes, CommonEnds ends, int children) {
    return children == 0 ? new Node(bytes, ends) : new ParentNode(bytes, ends, children);
  }

  /// A name that stands by itself, in no zone: no parent counts it, and no wildcard covers it.
  ///
  /// @throws IllegalArgumentException if the content is more than a message could carry
  public static Node of(Name owner, Content content) {
    byte[] folded = owner.toFoldedWire();
    return new Node(NodeEncoder.encode(folded, CommonEnds.NONE, content, 0), CommonEnds.NONE);
  }

  /// The array drawn above. Not to be changed.
  public byte[] bytes() {
    return bytes;
  }

  public int flags() {
    return bytes[FLAGS];
  }

  /// The beginning of the RRset of this type, or -1.
  public int find(int type) {
    int at = firstRRset();
    for (int left = rrsetCount(); left > 0; left--) {
      if (type(at) == type) {
        return at;
      }
      at = nextRRset(at);
    }
    return -1;
  }

  public int rrsetCount() {
    return bytes[RRSET_COUNT] & 0xff;
  }

  /// The beginning of the first RRset, if there is one.
  public int firstRRset() {
    return OWNER + ownerLength();
  }

  /// Whether it is the node of the zone's own name.
  boolean isApex() {
    return ownerLength() == 0;
  }

  /// A hash of the owner without the apex, and of the traits.
  long ownerHash(long seed, long multiplier) {
    return NameHash.of(bytes, OWNER, ownerLength(), seed + (flags() & TRAITS), multiplier);
  }

  /// Octets of the owner without the apex.
  private int ownerLength() {
    return bytes[OWNER_LENGTH] & 0xff;
  }

  /// The beginning of the RRset behind the one at `rrset`, if there is one.
  public int nextRRset(int rrset) {
    return records(rrset) + recordsLength(rrset);
  }

  /// The type of the RRset at `rrset`.
  public int type(int rrset) {
    int packed = bytes[rrset];
    return packed != 0 ? packed & 0xff : unsignedShort(bytes, rrset + LONG_TYPE);
  }

  public int recordCount(int rrset) {
    return isPacked(rrset)
        ? bytes[rrset + PACKED_RECORD_COUNT] & 0xff
        : unsignedShort(bytes, rrset + LONG_RECORD_COUNT);
  }

  /// Whether [#unpack] has to write the records of the RRset at `rrset` as in an answer.
  public boolean isPacked(int rrset) {
    return bytes[rrset] != 0;
  }

  /// The beginning of the records of the RRset at `rrset`, in either form.
  public int records(int rrset) {
    return rrset + (isPacked(rrset) ? PACKED_HEADER : LONG_HEADER);
  }

  /// Writes the records of a packed RRset as in an answer to the beginning of `out`, which has room
  /// for [#MAX_UNPACKED] octets. Returns their length.
  public int unpack(int rrset, byte[] out) {
    int type = bytes[rrset] & 0xff;
    int count = bytes[rrset + PACKED_RECORD_COUNT] & 0xff;
    return PackedRRset.unpack(bytes, ends, type, count, rrset + PACKED_HEADER, out);
  }

  /// Octets of all records of the RRset at `rrset`, in whatever form.
  public int recordsLength(int rrset) {
    return isPacked(rrset)
        ? bytes[rrset + PACKED_LENGTH] & 0xff
        : (int) INT.get(bytes, rrset + LONG_LENGTH);
  }

  static int unsignedShort(byte[] bytes, int at) {
    return Short.toUnsignedInt((short) SHORT.get(bytes, at));
  }

  /// The owner name in folded case.
  public Name owner() {
    return Name.ofWire(foldedOwner(), 0);
  }

  /// Octets of the owner in wire form, the root label included.
  public int nameLength() {
    return ownerLength() + ends.apex.length;
  }

  private byte[] foldedOwner() {
    int length = ownerLength();
    byte[] folded = Arrays.copyOfRange(bytes, OWNER, OWNER + length + ends.apex.length);
    System.arraycopy(ends.apex, 0, folded, length, ends.apex.length);
    return folded;
  }

  /// In canonical order (RFC 4034 section 6.1), among the nodes of one zone.
  static int compare(Node a, Node b) {
    return CanonicalOrder.compare(
        a.bytes, OWNER, OWNER + a.ownerLength(), b.bytes, OWNER, OWNER + b.ownerLength());
  }

  /// The RRsets and traits, decoded; the SOA RRset at the apex included.
  public Content content() {
    return NodeDecoder.decode(this);
  }

  /// The number of existing names directly below this one.
  int children() {
    return 0;
  }

  /// The same owner and records with another number of children, `*` among them if `wildcardChild`.
  Node withChildren(int count, boolean wildcardChild) {
    int flags = wildcardChild ? flags() | WILDCARD_CHILD : flags() & ~WILDCARD_CHILD;
    if (flags == flags()) {
      return of(bytes, ends, count);
    }
    byte[] copy = bytes.clone();
    copy[FLAGS] = (byte) flags;
    return of(copy, ends, count);
  }

  public boolean isCut() {
    return (flags() & CUT) != 0;
  }

  /// Whether it hides the names below it: it is a cut or has a DNAME.
  boolean occludes() {
    return (flags() & OCCLUDES) != 0;
  }

  /// Whether the label at `name[at]` is `*`.
  static boolean isWildcard(byte[] name, int at) {
    return name[at] == 1 && name[at + 1] == '*';
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
  public final long hash() {
    byte[] folded = foldedOwner();
    return NameHash.of(folded, 0, folded.length);
  }

  /// The name given has to be at or below the apex.
  @Override
  public final boolean hasName(byte[] folded, int offset, int length) {
    int own = ownerLength();
    return nameLength() == length
        && Arrays.equals(bytes, OWNER, OWNER + own, folded, offset, offset + own);
  }

  @Override
  public final boolean hasNameOf(NameMap.Entry other) {
    byte[] theirs = ((Node) other).bytes;
    int length = ownerLength();
    return theirs[OWNER_LENGTH] == bytes[OWNER_LENGTH]
        && Arrays.equals(bytes, OWNER, OWNER + length, theirs, OWNER, OWNER + length);
  }

  @Override
  public String toString() {
    return owner() + " " + content();
  }
}
