package io.clusterzone.dns.ops;

/// Finds the buckets of the histograms that every query is counted in. On the query path:
/// arithmetic, no search.
final class BucketIndex {
  /// The bound of the first bucket of [Buckets#DURATION].
  private static final long FIRST_NANOS = 250_000;

  private static final int DURATIONS = 16;

  private BucketIndex() {}

  /// The place in [Buckets#DURATION]: the bounds double, so it is the number of binary digits of
  /// the value in units of the first bound.
  static int ofDuration(long nanos) {
    long units = (Math.max(1, nanos) - 1) / FIRST_NANOS;
    return Math.min(DURATIONS, Long.SIZE - Long.numberOfLeadingZeros(units));
  }

  /// The place in [Buckets#SIZE]: steps of 100 up to 400, then powers of two up to 4095.
  static int ofSize(int octets) {
    if (octets <= 400) {
      return (octets + 99) / 100;
    }
    if (octets <= 4095) {
      return Integer.SIZE - Integer.numberOfLeadingZeros(octets) - 4;
    }
    return ofLargeSize(octets);
  }

  private static int ofLargeSize(int octets) {
    if (octets <= 8291) {
      return 9;
    }
    if (octets <= 16_000) {
      return 10;
    }
    if (octets <= 32_000) {
      return 11;
    }
    if (octets <= 48_000) {
      return 12;
    }
    return octets <= 64_000 ? 13 : 14;
  }
}
