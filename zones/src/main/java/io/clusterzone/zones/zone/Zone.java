package io.clusterzone.zones.zone;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.name.NameHash;
import io.clusterzone.zones.name.NameMap;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One version of a zone. Immutable, read by any thread; the next version is made by a [ZoneEditor]
/// and shares all nodes that did not change.
///
/// It holds a [Node] for each name that exists, empty non-terminals included: a name without a node
/// does not exist.
public final class Zone {
  private final Name apex;
  private final CommonEnds ends;
  private final NameMap<Node> nodes;
  private final int occluders;
  private final Rdata.Soa soa;
  private final int soaTtlSeconds;
  private final boolean synced;
  private final boolean stale;
  private final long digest;
  private final NegativeSoa negativeSoa;

  Zone(
      Name apex,
      CommonEnds ends,
      NameMap<Node> nodes,
      int occluders,
      Rdata.Soa soa,
      int soaTtlSeconds,
      boolean synced,
      boolean stale,
      long digest) {
    this.apex = apex;
    this.ends = ends;
    this.nodes = nodes;
    this.occluders = occluders;
    this.soa = soa;
    this.soaTtlSeconds = soaTtlSeconds;
    this.synced = synced;
    this.stale = stale;
    this.digest = digest;
    this.negativeSoa = new NegativeSoa(apex, soa, soaTtlSeconds);
  }

  /// A zone of nothing but an SOA, not synced.
  public static Zone of(Name apex, Rdata.Soa soa, int soaTtlSeconds) {
    return of(apex, soa, soaTtlSeconds, List.of());
  }

  /// A zone with an SOA alone, not synced; it takes less memory for knowing these common ends of
  /// names in RDATA.
  public static Zone of(Name apex, Rdata.Soa soa, int soaTtlSeconds, List<Name> commonEnds) {
    var ends = new CommonEnds(apex, commonEnds);
    Content content = Content.of(RRset.of(soaTtlSeconds, List.of(soa)));
    var nodes = NameMap.<Node>empty().edit();
    var node = new Node(NodeEncoder.encode(ends.apex, ends, content, 0), ends);
    nodes.put(node);
    long digest = new ZoneDigest(soa).of(node);
    return new Zone(apex, ends, nodes.finish(), 0, soa, soaTtlSeconds, false, false, digest);
  }

  /// The name of the zone, spelt as given.
  public Name apex() {
    return apex;
  }

  public int serial() {
    return soa.serial();
  }

  /// False while the zone is still being learnt: that a name or an RRset is not in it means nothing
  /// then, but for names with [Trait#FIXED].
  public boolean synced() {
    return synced;
  }

  /// Whether it may have been learnt a while ago, and its source has not been heard since.
  public boolean stale() {
    return stale;
  }

  /// A number that is equal for equal records, whichever process made them, in whatever order. The
  /// records in which replicas differ are left out: the SOA, the NS RRset of the apex, and the
  /// addresses of the SOA's MNAME.
  public long digest() {
    return digest;
  }

  public Rdata.Soa soa() {
    return soa;
  }

  public int soaTtlSeconds() {
    return soaTtlSeconds;
  }

  /// The TTL of the addresses that labels below an [Trait#ADDRESS_LABELS] name spell: the SOA's
  /// minimum field.
  public int addressLabelTtlSeconds() {
    return soa.minimumSeconds();
  }

  /// The SOA record as it stands in a negative answer.
  public NegativeSoa negativeSoa() {
    return negativeSoa;
  }

  /// The node of the name in `folded[offset, offset + length)`, at or below the apex; null if it
  /// does not exist. `hash` is its [NameHash].
  public @Nullable Node find(byte[] folded, int offset, int length, long hash) {
    return nodes.find(folded, offset, length, hash);
  }

  /// The node that decides about the name in `folded[0, length)` before its own does: of the cuts
  /// and the DNAMEs at or above it in this zone the highest, for it hides the others. Null if there
  /// is none, as in a zone without any, which costs one comparison, or if the name is not in the
  /// zone.
  public @Nullable Node occluder(byte[] folded, int length) {
    return occluders == 0 ? null : highestOccluder(folded, length);
  }

  private @Nullable Node highestOccluder(byte[] folded, int length) {
    byte[] suffix = ends.apex;
    int above = length - suffix.length;
    if (above < 0 || !Arrays.equals(suffix, 0, suffix.length, folded, above, length)) {
      return null;
    }
    Node highest = null;
    for (int at = 0; at <= above; at += folded[at] + 1) {
      int left = length - at;
      Node node = find(folded, at, left, NameHash.of(folded, at, left));
      if (node != null && node.occludes()) {
        highest = node;
      }
    }
    return highest;
  }

  /// The node of this name, or null: the name does not exist.
  public @Nullable Node find(Name owner) {
    if (!owner.isAtOrBelow(apex)) {
      return null;
    }
    byte[] folded = owner.toFoldedWire();
    return nodes.find(folded, 0, folded.length, NameHash.of(folded, 0, folded.length));
  }

  /// The zone's records at this name; [Content#ABSENT] also for an empty non-terminal.
  public Content content(Name owner) {
    Node node = find(owner);
    return node == null ? Content.ABSENT : node.content();
  }

  public int size() {
    return nodes.size();
  }

  /// All nodes in canonical order (RFC 4034 section 6.1); the apex is the first. Sorts anew on each
  /// call.
  public List<Node> nodesInOrder() {
    List<Node> sorted = new ArrayList<>(nodes.size());
    nodes.forEach(sorted::add);
    sorted.sort(Node::compare);
    return sorted;
  }

  /// The number of nodes that are cuts or have a DNAME.
  int occluders() {
    return occluders;
  }

  CommonEnds ends() {
    return ends;
  }

  NameMap<Node> nodes() {
    return nodes;
  }

  Zone with(boolean nowSynced, boolean nowStale) {
    return nowSynced == synced && nowStale == stale
        ? this
        : new Zone(apex, ends, nodes, occluders, soa, soaTtlSeconds, nowSynced, nowStale, digest);
  }

  @Override
  public String toString() {
    return apex + " serial " + Integer.toUnsignedString(serial()) + ", " + size() + " names";
  }
}
