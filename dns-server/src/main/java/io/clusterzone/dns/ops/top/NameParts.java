package io.clusterzone.dns.ops.top;

import io.clusterzone.zones.name.Name;
import java.util.Arrays;
import java.util.List;

/// The labels of one folded name in wire form, and its namespace. Used again for the next name, by
/// one thread.
final class NameParts {
  /// Labels of the longest name (RFC 1035 section 3.1).
  private static final int MOST_LABELS = 127;

  private static final byte[][] BETWEEN = {{3, 's', 'v', 'c'}, {3, 'p', 'o', 'd'}};

  private final int[] starts = new int[MOST_LABELS + 1];
  private byte[] memory = {};
  private int end;
  private int count;

  /// The place of the namespace's label with its length; empty if there is none.
  private int namespace;

  private int namespaceEnd;

  /// @param zones of clusters, folded, in wire form
  void read(byte[] from, int offset, int length, List<byte[]> zones) {
    memory = from;
    end = offset + length;
    count = 0;
    int at = offset;
    while (at < end && memory[at] != 0 && count < MOST_LABELS) {
      starts[count++] = at;
      at += 1 + (memory[at] & 0xff);
    }
    namespace = end;
    namespaceEnd = end;
    for (byte[] zone : zones) {
      findNamespace(zone);
    }
  }

  /// `NAMESPACE.svc.ZONE` is the end of each name of a Service and of a search list's misses.
  private void findNamespace(byte[] zone) {
    for (int label = 1; label + 1 < count; label++) {
      int under = starts[label + 1];
      if (end - under == zone.length
          && Arrays.equals(memory, under, end, zone, 0, zone.length)
          && isBetween(starts[label], under)) {
        namespace = starts[label - 1];
        namespaceEnd = starts[label];
      }
    }
  }

  private boolean isBetween(int from, int to) {
    for (byte[] label : BETWEEN) {
      if (Arrays.equals(memory, from, to, label, 0, label.length)) {
        return true;
      }
    }
    return false;
  }

  /// Where the last labels begin; the whole name if it has no more.
  int suffix(int labels) {
    return count == 0 ? end - 1 : starts[Math.max(0, count - labels)];
  }

  int end() {
    return end;
  }

  int namespace() {
    return namespace;
  }

  int namespaceLength() {
    return namespaceEnd - namespace;
  }

  /// The text of a label as [#namespace] is one.
  static String labelText(byte[] label) {
    byte[] name = Arrays.copyOf(label, label.length + 1);
    String text = Name.ofWire(name, 0).toString();
    return text.substring(0, text.length() - 1);
  }
}
