package io.clusterzone.zones.name;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A map from names that finds the longest key at or above a name, by whole labels.
///
/// The name is walked label by label; a suffix is hashed only if some key is as long, and compared
/// without a hash if just one is. So the cost depends on the labels of the name, not on the number
/// of keys. Immutable, safe on any thread; looking up allocates nothing.
public final class SuffixMap<V> {
  /// A key in folded wire form.
  @SuppressWarnings("ArrayRecordComponent") // never changed, and compared by its octets
  private record Slot(byte[] key, Object value) {
    boolean is(byte[] folded, int at, int end) {
      return Arrays.equals(folded, at, end, key, 0, key.length);
    }
  }

  private static final @Nullable Slot[] NONE = {};

  /// At index n the keys of n octets: one alone, or an open-addressed table with empty places.
  private final @Nullable Slot[][] byLength = new @Nullable Slot[Name.MAX_LENGTH + 1][];

  private SuffixMap(Map<Name, V> values, @Nullable SuffixMap<V> before) {
    Arrays.fill(byLength, NONE);
    int[] counts = new int[byLength.length];
    values.keySet().forEach(key -> counts[key.length()]++);
    values.forEach((key, value) -> put(slot(key, value, before), counts[key.length()]));
  }

  public static <V> SuffixMap<V> of(Map<Name, V> values) {
    return new SuffixMap<>(values, null);
  }

  /// The map of other values. Common parts take no memory again.
  public SuffixMap<V> next(Map<Name, V> values) {
    return new SuffixMap<>(values, this);
  }

  /// The names themselves, each as its own value.
  public static SuffixMap<Name> of(Collection<Name> names) {
    return of(names.stream().distinct().collect(Collectors.toMap(name -> name, name -> name)));
  }

  @SuppressWarnings("ReferenceEquality") // an equal value is another object, with its own memory
  private static <V> Slot slot(Name name, V value, @Nullable SuffixMap<V> before) {
    byte[] key = name.toFoldedWire();
    Slot same = before == null ? null : before.exact(key);
    return same != null && same.value() == value ? same : new Slot(key, value);
  }

  private void put(Slot slot, int sameLength) {
    byte[] key = slot.key();
    @Nullable Slot[] table = byLength[key.length];
    if (table.length == 0) {
      table = new @Nullable Slot[sameLength == 1 ? 1 : Integer.highestOneBit(sameLength) * 4];
      byLength[key.length] = table;
    }
    int at = (int) NameHash.of(key, 0, key.length) & (table.length - 1);
    while (table[at] != null) {
      at = (at + 1) & (table.length - 1);
    }
    table[at] = slot;
  }

  private @Nullable Slot exact(byte[] key) {
    @Nullable Slot[] table = byLength[key.length];
    return table.length == 0 ? null : find(table, key, 0, key.length);
  }

  /// The value of this key itself; null if it is none.
  public @Nullable V get(Name key) {
    Slot found = exact(key.toFoldedWire());
    return found == null ? null : value(found);
  }

  /// The value of the longest key that the name in `folded[offset, offset + length)` is at or
  /// below; null if there is none.
  public @Nullable V longest(byte[] folded, int offset, int length) {
    int end = offset + length;
    for (int at = offset; at < end; at += folded[at] + 1) {
      @Nullable Slot[] table = byLength[end - at];
      if (table.length != 0) {
        Slot found = find(table, folded, at, end);
        if (found != null) {
          return value(found);
        }
      }
    }
    return null;
  }

  @SuppressWarnings("unchecked") // all values are of V
  private V value(Slot slot) {
    return (V) slot.value();
  }

  private static @Nullable Slot find(@Nullable Slot[] table, byte[] folded, int at, int end) {
    int mask = table.length - 1;
    int place = mask == 0 ? 0 : (int) NameHash.of(folded, at, end - at) & mask;
    for (Slot slot = table[place]; slot != null; slot = table[place]) {
      if (slot.is(folded, at, end)) {
        return slot;
      }
      if (mask == 0) {
        return null;
      }
      place = (place + 1) & mask;
    }
    return null;
  }
}
