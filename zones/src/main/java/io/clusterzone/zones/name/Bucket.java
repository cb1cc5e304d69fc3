package io.clusterzone.zones.name;

import java.util.Arrays;

/// Two or more entries of a [NameMap] whose 64-bit hashes are equal. Immutable, searched one by
/// one.
final class Bucket {
  final NameMap.Entry[] entries;

  private Bucket(NameMap.Entry[] entries) {
    this.entries = entries;
  }

  static Bucket of(NameMap.Entry one, NameMap.Entry other) {
    return new Bucket(new NameMap.Entry[] {one, other});
  }

  /// The place of the entry of this name, or -1.
  int indexOf(byte[] folded, int offset, int length) {
    for (int i = 0; i < entries.length; i++) {
      if (entries[i].hasName(folded, offset, length)) {
        return i;
      }
    }
    return -1;
  }

  /// The place of the entry with the name of this one, or -1.
  int indexOf(NameMap.Entry like) {
    for (int i = 0; i < entries.length; i++) {
      if (entries[i].hasNameOf(like)) {
        return i;
      }
    }
    return -1;
  }

  Bucket replace(int index, NameMap.Entry entry) {
    NameMap.Entry[] copy = entries.clone();
    copy[index] = entry;
    return new Bucket(copy);
  }

  Bucket add(NameMap.Entry entry) {
    NameMap.Entry[] longer = Arrays.copyOf(entries, entries.length + 1);
    longer[entries.length] = entry;
    return new Bucket(longer);
  }

  /// The rest without that entry: a smaller bucket, or the one entry.
  Object remove(int index) {
    if (entries.length == 2) {
      return entries[1 - index];
    }
    NameMap.Entry[] shorter = Arrays.copyOf(entries, entries.length - 1);
    System.arraycopy(entries, index + 1, shorter, index, shorter.length - index);
    return new Bucket(shorter);
  }
}
