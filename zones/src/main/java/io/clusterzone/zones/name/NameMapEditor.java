package io.clusterzone.zones.name;

import org.jspecify.annotations.Nullable;

/// Makes the next version of a [NameMap]. One thread, for one batch of changes.
///
/// A branch made by this editor carries its token: no reader has seen it, so the next change of the
/// batch overwrites its slots instead of copying it. A load of 200,000 names copies about one
/// branch per name.
public final class NameMapEditor<V extends NameMap.Entry> {
  private Branch.Token token = new Branch.Token();
  private Branch root;
  private int size;

  NameMapEditor(NameMap<V> base) {
    this.root = base.root;
    this.size = base.size();
  }

  /// As [NameMap#find], the changes so far included.
  @SuppressWarnings("unchecked") // all entries are of V
  public @Nullable V find(byte[] folded, int offset, int length, long hash) {
    return (V) NameMap.find(root, folded, offset, length, hash);
  }

  /// Adds the entry, or puts it in the place of the one that has its name.
  public void put(V entry) {
    root = putBelow(root, entry, entry.hash(), 0);
  }

  /// Takes away the entry that has the name of this one, if there is one.
  public void remove(V entry) {
    root = removeBelow(root, entry, entry.hash(), 0);
  }

  /// The map as it is now. Later changes by this editor do not touch it.
  public NameMap<V> finish() {
    token = new Branch.Token();
    return new NameMap<>(root, size);
  }

  private Branch putBelow(Branch branch, V entry, long hash, int shift) {
    int bit = Branch.bit(hash, shift);
    if (!branch.has(bit)) {
      size++;
      return branch.insert(bit, entry, token);
    }
    int index = branch.index(bit);
    Object slot = branch.slots[index];
    Object next =
        switch (slot) {
          case Branch below -> putBelow(below, entry, hash, shift + Branch.LEVEL_BITS);
          case Bucket bucket -> putInto(bucket, entry);
          default -> putBeside((NameMap.Entry) slot, entry, hash, shift + Branch.LEVEL_BITS);
        };
    return branch.replace(index, next, token);
  }

  private Bucket putInto(Bucket bucket, V entry) {
    int index = bucket.indexOf(entry);
    if (index >= 0) {
      return bucket.replace(index, entry);
    }
    size++;
    return bucket.add(entry);
  }

  private Object putBeside(NameMap.Entry old, V entry, long hash, int shift) {
    if (old.hasNameOf(entry)) {
      return entry;
    }
    size++;
    return split(old, old.hash(), entry, hash, shift);
  }

  /// A node that holds two entries whose hashes agree in the bits below `shift`.
  private Object split(NameMap.Entry a, long aHash, NameMap.Entry b, long bHash, int shift) {
    if (shift >= Branch.HASH_BITS) {
      return Bucket.of(a, b);
    }
    int aBit = Branch.bit(aHash, shift);
    int bBit = Branch.bit(bHash, shift);
    if (aBit == bBit) {
      Object below = split(a, aHash, b, bHash, shift + Branch.LEVEL_BITS);
      return Branch.EMPTY.insert(aBit, below, token);
    }
    return Branch.EMPTY.insert(aBit, a, token).insert(bBit, b, token);
  }

  private Branch removeBelow(Branch branch, V entry, long hash, int shift) {
    int bit = Branch.bit(hash, shift);
    if (!branch.has(bit)) {
      return branch;
    }
    int index = branch.index(bit);
    Object slot = branch.slots[index];
    return switch (slot) {
      case Branch below -> {
        Branch next = removeBelow(below, entry, hash, shift + Branch.LEVEL_BITS);
        yield branch.replace(index, collapsed(next), token);
      }
      case Bucket bucket -> branch.replace(index, removeFrom(bucket, entry), token);
      default -> {
        if (!entry.hasNameOf((NameMap.Entry) slot)) {
          yield branch;
        }
        size--;
        yield branch.remove(bit, token);
      }
    };
  }

  private Object removeFrom(Bucket bucket, V entry) {
    int index = bucket.indexOf(entry);
    if (index < 0) {
      return bucket;
    }
    size--;
    return bucket.remove(index);
  }

  /// A branch below the root that is left with one entry gives way to it: the shape of a map
  /// depends on its entries alone.
  private static Object collapsed(Branch branch) {
    boolean single = branch.slots.length == 1;
    boolean holdsEntry = single && branch.slots[0] instanceof NameMap.Entry;
    return holdsEntry ? branch.slots[0] : branch;
  }
}
