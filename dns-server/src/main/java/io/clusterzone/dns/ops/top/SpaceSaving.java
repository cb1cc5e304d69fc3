package io.clusterzone.dns.ops.top;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/// Counts the frequent keys of a stream in fixed memory: "Space-Saving" by Metwally, Agrawal and El
/// Abbadi (Efficient Computation of Frequent and Top-k Elements in Data Streams, ICDT 2005), with
/// weights.
///
/// A key that finds no place takes that of the key counted least, and its count as an error: so
/// each count is too large by at most its error, no error is larger than the smallest count, and
/// that is at most the total divided by the places. A key with a larger share than one place is
/// surely there. One addition costs a look-up in a table of hashes and the way down a heap of the
/// counts.
///
/// Hashes are seeded: clients choose keys. Used by one thread at a time.
final class SpaceSaving {
  private static final int NONE = -1;
  private static final int FACTOR = 0x9e37_79b1;
  private static final byte[] NO_KEY = {};

  /// Takes the keys with their counts.
  @FunctionalInterface
  interface Visitor {
    /// Takes one key.
    ///
    /// @param count at least the weight added for the key
    /// @param error by which the count may be too large
    void visit(byte[] key, long count, long error);
  }

  private final int seed = ThreadLocalRandom.current().nextInt();
  private final byte[][] keys;
  private final int[] hashes;
  private final long[] counts;
  private final long[] errors;

  /// The first entry of each bucket, and the next one after each entry.
  private final int[] buckets;

  private final int[] following;

  /// Entries by count, the smallest first, and the place of each entry there.
  private final int[] heap;

  private final int[] places;
  private int size;
  private long total;

  SpaceSaving(int capacity) {
    keys = new byte[capacity][];
    hashes = new int[capacity];
    counts = new long[capacity];
    errors = new long[capacity];
    buckets = new int[Integer.highestOneBit(2 * capacity - 1)];
    following = new int[capacity];
    heap = new int[capacity];
    places = new int[capacity];
    clear();
  }

  /// The weight added in all.
  long total() {
    return total;
  }

  /// The most that a key may have been added which is not there.
  long floor() {
    return size < keys.length ? 0 : counts[heap[0]];
  }

  void add(byte[] memory, int offset, int length, long weight) {
    total += weight;
    int hash = hash(memory, offset, length);
    int entry = find(memory, offset, length, hash);
    if (entry == NONE) {
      entry = size < keys.length ? newEntry() : leastEntry();
      keys[entry] = Arrays.copyOfRange(memory, offset, offset + length);
      hashes[entry] = hash;
      following[entry] = buckets[bucket(hash)];
      buckets[bucket(hash)] = entry;
    }
    counts[entry] += weight;
    sinkDown(places[entry]);
  }

  private int hash(byte[] memory, int offset, int length) {
    int hash = seed;
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ memory[i]) * FACTOR;
      hash ^= hash >>> 15;
    }
    return hash;
  }

  private int bucket(int hash) {
    return hash & buckets.length - 1;
  }

  private int find(byte[] memory, int offset, int length, int hash) {
    int entry = buckets[bucket(hash)];
    while (entry != NONE && !isKey(entry, memory, offset, length, hash)) {
      entry = following[entry];
    }
    return entry;
  }

  private boolean isKey(int entry, byte[] memory, int offset, int length, int hash) {
    byte[] key = keys[entry];
    return hashes[entry] == hash
        && Arrays.equals(key, 0, key.length, memory, offset, offset + length);
  }

  /// A new one has the smallest count there is, and is the parent of nobody.
  private int newEntry() {
    int entry = size++;
    heap[entry] = entry;
    places[entry] = entry;
    riseUp(entry);
    return entry;
  }

  private int leastEntry() {
    int entry = heap[0];
    int bucket = bucket(hashes[entry]);
    if (buckets[bucket] == entry) {
      buckets[bucket] = following[entry];
    } else {
      int before = buckets[bucket];
      while (following[before] != entry) {
        before = following[before];
      }
      following[before] = following[entry];
    }
    errors[entry] = counts[entry];
    return entry;
  }

  private void riseUp(int from) {
    for (int place = from; place > 0; place = (place - 1) / 2) {
      if (counts[heap[(place - 1) / 2]] <= counts[heap[place]]) {
        return;
      }
      swap(place, (place - 1) / 2);
    }
  }

  private void sinkDown(int from) {
    int place = from;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && counts[heap[child + 1]] < counts[heap[child]]) {
        child++;
      }
      if (counts[heap[place]] <= counts[heap[child]]) {
        return;
      }
      swap(place, child);
      place = child;
    }
  }

  private void swap(int one, int other) {
    int entry = heap[one];
    heap[one] = heap[other];
    heap[other] = entry;
    places[heap[one]] = one;
    places[heap[other]] = other;
  }

  void forEach(Visitor visitor) {
    for (int entry = 0; entry < size; entry++) {
      visitor.visit(keys[entry], counts[entry], errors[entry]);
    }
  }

  /// Forgets all.
  void clear() {
    Arrays.fill(keys, NO_KEY);
    Arrays.fill(counts, 0);
    Arrays.fill(errors, 0);
    Arrays.fill(buckets, NONE);
    size = 0;
    total = 0;
  }
}
