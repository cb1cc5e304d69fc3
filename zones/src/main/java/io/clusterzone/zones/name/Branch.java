package io.clusterzone.zones.name;

import java.util.Arrays;

/// An inner node of a [NameMap]: up to 32 slots, of which only the occupied ones are stored.
///
/// ```
///   bitmap  bit i is set: slot i is occupied, at index (number of set bits below i)
///   slots   each a Branch, a Bucket, or an entry of the map
/// ```
///
/// Immutable but for one case: the editor whose `owner` token it carries, and which has not shown
/// it to anyone, overwrites a slot in place.
final class Branch {
  /// Bits of the hash that choose a slot on one level.
  static final int LEVEL_BITS = 5;

  /// From this shift on the hash is used up: a [Bucket] stands there.
  static final int HASH_BITS = Long.SIZE;

  /// Tells the branches of one editor and batch from all others, by identity.
  static final class Token {}

  static final Branch EMPTY = new Branch(0, new Object[0], new Token());

  final int bitmap;
  final Object[] slots;
  private final Token owner;

  private Branch(int bitmap, Object[] slots, Token owner) {
    this.bitmap = bitmap;
    this.slots = slots;
    this.owner = owner;
  }

  static int bit(long hash, int shift) {
    return 1 << (int) (hash >>> shift);
  }

  boolean has(int bit) {
    return (bitmap & bit) != 0;
  }

  int index(int bit) {
    return Integer.bitCount(bitmap & (bit - 1));
  }

  @SuppressWarnings("ReferenceEquality") // the very same slot: nothing changed below
  Branch replace(int index, Object slot, Token editor) {
    if (slots[index] == slot) {
      return this;
    }
    if (owner == editor) {
      slots[index] = slot;
      return this;
    }
    Object[] copy = slots.clone();
    copy[index] = slot;
    return new Branch(bitmap, copy, editor);
  }

  Branch insert(int bit, Object slot, Token editor) {
    int index = index(bit);
    Object[] longer = new Object[slots.length + 1];
    System.arraycopy(slots, 0, longer, 0, index);
    longer[index] = slot;
    System.arraycopy(slots, index, longer, index + 1, slots.length - index);
    return new Branch(bitmap | bit, longer, editor);
  }

  Branch remove(int bit, Token editor) {
    int index = index(bit);
    Object[] shorter = Arrays.copyOf(slots, slots.length - 1);
    System.arraycopy(slots, index + 1, shorter, index, shorter.length - index);
    return new Branch(bitmap & ~bit, shorter, editor);
  }
}
