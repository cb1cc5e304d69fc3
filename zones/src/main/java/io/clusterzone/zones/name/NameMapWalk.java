package io.clusterzone.zones.name;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Visits the entries of a [NameMap], or those that differ between two.
final class NameMapWalk {
  private NameMapWalk() {}

  @SuppressWarnings("unchecked") // a slot that is neither branch nor bucket is a V
  static <V extends NameMap.Entry> void forEach(
      @Nullable Object slot, Consumer<? super V> visitor) {
    switch (slot) {
      case null -> {}
      case Branch branch -> {
        for (Object below : branch.slots) {
          forEach(below, visitor);
        }
      }
      case Bucket bucket -> {
        for (NameMap.Entry entry : bucket.entries) {
          visitor.accept((V) entry);
        }
      }
      default -> visitor.accept((V) slot);
    }
  }

  /// Descends where both sides branch and skips what they share.
  @SuppressWarnings({
    "ReferenceEquality", // shared, not merely equal
    "unchecked" // a slot that is neither branch nor bucket is a V
  })
  static <V extends NameMap.Entry> void forEachDifference(
      @Nullable Object before, @Nullable Object after, NameMap.Difference<V> difference) {
    if (before == after) {
      return;
    }
    if (before == null && after instanceof NameMap.Entry) {
      difference.accept(null, (V) after);
    } else if (before instanceof Branch a && after instanceof Branch b) {
      forEachDifferenceBelow(a, b, difference);
    } else {
      compareEntries(before, after, difference);
    }
  }

  private static <V extends NameMap.Entry> void forEachDifferenceBelow(
      Branch a, Branch b, NameMap.Difference<V> difference) {
    if (a.bitmap == b.bitmap) {
      for (int i = 0; i < a.slots.length; i++) {
        forEachDifference(a.slots[i], b.slots[i], difference);
      }
      return;
    }
    for (int rest = a.bitmap | b.bitmap; rest != 0; rest &= rest - 1) {
      int bit = Integer.lowestOneBit(rest);
      forEachDifference(slot(a, bit), slot(b, bit), difference);
    }
  }

  private static @Nullable Object slot(Branch branch, int bit) {
    return branch.has(bit) ? branch.slots[branch.index(bit)] : null;
  }

  /// One side at least holds nothing, one entry, or a bucket: the product of the sizes stays small.
  @SuppressWarnings("ReferenceEquality") // shared, not merely equal
  private static <V extends NameMap.Entry> void compareEntries(
      @Nullable Object before, @Nullable Object after, NameMap.Difference<V> difference) {
    List<V> older = new ArrayList<>();
    List<V> newer = new ArrayList<>();
    NameMapWalk.<V>forEach(before, older::add);
    NameMapWalk.<V>forEach(after, newer::add);
    for (V entry : older) {
      V other = named(newer, entry);
      if (other != entry) {
        difference.accept(entry, other);
      }
    }
    for (V entry : newer) {
      if (named(older, entry) == null) {
        difference.accept(null, entry);
      }
    }
  }

  private static <V extends NameMap.Entry> @Nullable V named(List<V> entries, V like) {
    for (V entry : entries) {
      if (entry.hasNameOf(like)) {
        return entry;
      }
    }
    return null;
  }
}
