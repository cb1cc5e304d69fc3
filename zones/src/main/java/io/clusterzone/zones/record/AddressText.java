package io.clusterzone.zones.record;

/// Addresses as text: dotted quads (RFC 1035 section 3.4.1), and IPv6 as RFC 5952 recommends.
public final class AddressText {
  private static final int GROUPS = 8;
  private static final int MAX_V6_LENGTH = 39;

  private AddressText() {}

  /// Formats 32 bits, most significant octet first.
  public static String v4(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 0xff)
        + "."
        + (address >>> 8 & 0xff)
        + "."
        + (address & 0xff);
  }

  /// Formats 128 bits, most significant half first.
  public static String v6(long high, long low) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      long half = i < 4 ? high : low;
      groups[i] = (int) (half >>> (48 - 16 * (i % 4))) & 0xffff;
    }
    int start = longestZeroRun(groups);
    int end = start < 0 ? start : start + zerosFrom(groups, start);
    var text = new StringBuilder(MAX_V6_LENGTH);
    for (int i = 0; i < GROUPS; i++) {
      if (i == start) {
        text.append("::");
        i = end - 1;
      } else {
        boolean separated = text.isEmpty() || text.charAt(text.length() - 1) == ':';
        text.append(separated ? "" : ":").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }

  /// The start of the longest run of two zero groups or more, the first of equals; -1 if there is
  /// none (RFC 5952 section 4.2).
  private static int longestZeroRun(int[] groups) {
    int best = -1;
    int bestLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int length = zerosFrom(groups, i);
      if (length > bestLength) {
        best = i;
        bestLength = length;
      }
    }
    return best;
  }

  private static int zerosFrom(int[] groups, int start) {
    int end = start;
    while (end < GROUPS && groups[end] == 0) {
      end++;
    }
    return end - start;
  }
}
