package io.clusterzone.zones.name;

/// The canonical order of names (RFC 4034 section 6.1): as if the labels stood in reverse.
public final class CanonicalOrder {
  private CanonicalOrder() {}

  /// Compares the uncompressed names in `a[aFrom, aTo)` and `b[bFrom, bTo)`, without regard to
  /// case. They may lack what they have in common at the end, from a label on.
  public static int compare(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    int[] aLabels = labelOffsets(a, aFrom, aTo);
    int[] bLabels = labelOffsets(b, bFrom, bTo);
    int i = aLabels.length;
    int j = bLabels.length;
    while (i > 0 && j > 0) {
      int order = compareLabels(a, aLabels[--i], b, bLabels[--j]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(i, j);
  }

  private static int compareLabels(byte[] a, int aAt, byte[] b, int bAt) {
    int shared = Math.min(a[aAt], b[bAt]);
    for (int i = 1; i <= shared; i++) {
      int order = Integer.compare(Name.fold(a[aAt + i]) & 0xff, Name.fold(b[bAt + i]) & 0xff);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a[aAt], b[bAt]);
  }

  private static int[] labelOffsets(byte[] wire, int from, int to) {
    int count = 0;
    for (int at = from; at < to && wire[at] != 0; at += wire[at] + 1) {
      count++;
    }
    int[] offsets = new int[count];
    int next = 0;
    for (int at = from; at < to && wire[at] != 0; at += wire[at] + 1) {
      offsets[next++] = at;
    }
    return offsets;
  }
}
