package io.clusterzone.zones.zone;

import io.clusterzone.zones.name.Name;
import java.util.Arrays;
import java.util.List;

/// Ends that the names of a zone have in common, which its nodes do not repeat: the apex ends every
/// owner name, and the names in RDATA often end alike, as the targets of PTR records end with the
/// zone of the cluster. Immutable, one for all versions of a zone.
final class CommonEnds {
  /// Of nodes that are in no zone.
  static final CommonEnds NONE = new CommonEnds(Name.ROOT, List.of());

  /// Ends of names in RDATA at the most; what is given beyond is not used.
  private static final int MAX_ENDS = 255;

  /// In folded wire form, the root label included; not to be changed.
  final byte[] apex;

  private final byte[][] ends;

  /// @param ends of names in RDATA, spelt as there; the longer ones are best first
  CommonEnds(Name apex, List<Name> ends) {
    this.apex = apex.toFoldedWire();
    this.ends = ends.stream().limit(MAX_ENDS).map(Name::toWire).toArray(byte[][]::new);
  }

  /// The number of the end that is in `octets[from, to)`, or -1.
  int find(byte[] octets, int from, int to) {
    for (int i = 0; i < ends.length; i++) {
      if (Arrays.equals(ends[i], 0, ends[i].length, octets, from, to)) {
        return i;
      }
    }
    return -1;
  }

  /// Copies the end of this number to `out[to]`, and returns where it stops.
  int put(int number, byte[] out, int to) {
    byte[] end = ends[number];
    System.arraycopy(end, 0, out, to, end.length);
    return to + end.length;
  }
}
