package io.clusterzone.zones.name;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A persistent map from owner names to entries; an entry carries its own name.
///
/// A hash trie (Bagwell, "Ideal Hash Trees", 2001): each level uses five bits of the name's 64-bit
/// hash to choose one of 32 slots. Looking up a name among a million touches about four branches
/// and compares octets once. A changed map copies the branches between the root and the changed
/// slot and shares all others with the map it came from. Two maps of the same entries have the same
/// shape, whatever happened before.
///
/// Immutable once [NameMapEditor#finish] returns it; any thread that received it safely may read.
/// Reading allocates nothing.
public final class NameMap<V extends NameMap.Entry> {
  /// A value of the map, which knows the name it stands under.
  public interface Entry {
    /// The hash of the name. Entries of one map agree on one hash function, as a rule [NameHash].
    long hash();

    /// Whether the name is the one in `folded[offset, offset + length)`, which is in folded wire
    /// form.
    boolean hasName(byte[] folded, int offset, int length);

    /// Whether the name is that of `other`, which is an entry of the same map.
    boolean hasNameOf(Entry other);
  }

  /// Learns about one name that two maps disagree on.
  @FunctionalInterface
  public interface Difference<V> {
    /// At most one of the two is null: the name is not in that map.
    void accept(@Nullable V before, @Nullable V after);
  }

  final Branch root;
  private final int size;

  NameMap(Branch root, int size) {
    this.root = root;
    this.size = size;
  }

  public static <V extends Entry> NameMap<V> empty() {
    return new NameMap<>(Branch.EMPTY, 0);
  }

  public int size() {
    return size;
  }

  /// The entry of the name in `folded[offset, offset + length)`, whose hash is `hash`.
  @SuppressWarnings("unchecked") // all entries are of V
  public @Nullable V find(byte[] folded, int offset, int length, long hash) {
    return (V) find(root, folded, offset, length, hash);
  }

  /// Calls `visitor` once for each entry, in no particular order.
  public void forEach(Consumer<? super V> visitor) {
    NameMapWalk.forEach(root, visitor);
  }

  /// Calls `difference` for each name whose entries in this map and in `after` are not the same
  /// object. Shared parts of the maps cost nothing; the order is any.
  public void forEachDifference(NameMap<V> after, Difference<V> difference) {
    NameMapWalk.forEachDifference(root, after.root, difference);
  }

  /// Starts on the next version of this map.
  public NameMapEditor<V> edit() {
    return new NameMapEditor<>(this);
  }

  static @Nullable Entry find(Branch root, byte[] folded, int offset, int length, long hash) {
    Object at = root;
    for (long rest = hash; at instanceof Branch branch; rest >>>= Branch.LEVEL_BITS) {
      int bit = Branch.bit(rest, 0);
      if (!branch.has(bit)) {
        return null;
      }
      at = branch.slots[branch.index(bit)];
    }
    if (at instanceof Bucket bucket) {
      int index = bucket.indexOf(folded, offset, length);
      return index < 0 ? null : bucket.entries[index];
    }
    var entry = (Entry) at;
    return entry.hasName(folded, offset, length) ? entry : null;
  }
}
