package io.clusterzone.k8s.api;

/// Resource versions, which are decimal numbers that grow (KEP-5504).
final class ResourceVersion {
  private static final int MAX_DIGITS = 18;

  private ResourceVersion() {}

  /// Whether `next` is older than `last`; false where either is no number.
  static boolean goesBackwards(String last, String next) {
    long from = parse(last);
    long to = parse(next);
    return from >= 0 && to >= 0 && to < from;
  }

  private static long parse(String text) {
    if (text.isEmpty() || text.length() > MAX_DIGITS) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }
}
