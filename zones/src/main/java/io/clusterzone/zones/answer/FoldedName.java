package io.clusterzone.zones.answer;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.name.NameHash;

/// A name read from a record's RDATA, folded so that it can be looked up. Reused by one event loop.
final class FoldedName {
  final byte[] bytes = new byte[Name.MAX_LENGTH];

  /// Octets in wire form, the root label included.
  int length;

  long hash;

  /// Takes the whole name that stands at `at`.
  void read(byte[] source, int at) {
    int to = 0;
    while (source[at + to] != 0) {
      to += source[at + to] + 1;
    }
    length = to + 1;
    for (int i = 0; i < length; i++) {
      bytes[i] = Name.fold(source[at + i]);
    }
    hash = NameHash.of(bytes, 0, length);
  }

  /// Becomes the name of an address's canonical label below the name in `[at, end)`; false if that
  /// is too long.
  boolean canonical(AddressLabel label, byte[] source, int at, int end) {
    int labelLength = label.putCanonical(bytes);
    length = labelLength + end - at;
    if (length > bytes.length) {
      return false;
    }
    System.arraycopy(source, at, bytes, labelLength, end - at);
    hash = NameHash.of(bytes, 0, length);
    return true;
  }

  /// Becomes the name `*` below the name that begins at `at` and ends at `end`.
  void wildcard(byte[] source, int at, int end) {
    length = 2 + end - at;
    bytes[0] = 1;
    bytes[1] = '*';
    System.arraycopy(source, at, bytes, 2, end - at);
    hash = NameHash.of(bytes, 0, length);
  }
}
