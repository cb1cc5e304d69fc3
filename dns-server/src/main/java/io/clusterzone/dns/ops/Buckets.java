package io.clusterzone.dns.ops;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// The buckets of one histogram: what CoreDNS has, so that queries over both give one curve.
///
/// A value belongs to the first bucket whose bound is not below it; values above all bounds belong
/// to one more bucket, `+Inf`. Event loops find a bucket without a search: see [BucketIndex].
public final class Buckets {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /// 0.25 ms x 2^n, n 0 to 15. Values are nanoseconds.
  public static final Buckets DURATION = durations(250_000, 2, 16);

  /// 0.25 ms x 10^n, n 0 to 4: requests of `health` to itself. Values are nanoseconds.
  public static final Buckets HEALTH = durations(250_000, 10, 5);

  /// 1 ms x 2^n, n 0 to 19: from a change of the cluster to the answer. Values are nanoseconds.
  public static final Buckets PROGRAMMING = durations(1_000_000, 2, 20);

  /// 0.1 ms x 2^n, n 0 to 16: from the arrival of a change to its publication. Values are
  /// nanoseconds.
  public static final Buckets PUBLICATION = durations(100_000, 2, 17);

  /// 5 ms to 10 s: requests to the API server. Values are nanoseconds.
  public static final Buckets REST_CLIENT =
      new Buckets(
          NANOS_PER_SECOND,
          LongStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)
              .map(millis -> millis * 1_000_000)
              .toArray());

  /// Sizes of messages. Values are octets.
  public static final Buckets SIZE =
      new Buckets(
          1,
          LongStream.of(
                  0, 100, 200, 300, 400, 511, 1023, 2047, 4095, 8291, 16_000, 32_000, 48_000,
                  64_000)
              .toArray());

  private final long unit;
  private final long[] bounds;
  private final List<String> labels;

  private Buckets(long unit, long[] bounds) {
    this.unit = unit;
    this.bounds = bounds;
    this.labels =
        LongStream.of(bounds)
            .mapToObj(bound -> BigDecimal.valueOf(bound).divide(BigDecimal.valueOf(unit)))
            .map(bound -> bound.stripTrailingZeros().toPlainString())
            .toList();
  }

  private static Buckets durations(long firstNanos, long factor, int count) {
    long[] bounds = LongStream.iterate(firstNanos, bound -> bound * factor).limit(count).toArray();
    return new Buckets(NANOS_PER_SECOND, bounds);
  }

  /// Places for counts: the bounds, and one for what is above them.
  int places() {
    return bounds.length + 1;
  }

  int indexOf(long value) {
    return IntStream.range(0, bounds.length)
        .filter(i -> value <= bounds[i])
        .findFirst()
        .orElse(bounds.length);
  }

  /// The value of the label `le`.
  String label(int place) {
    return place == bounds.length ? "+Inf" : labels.get(place);
  }

  /// A sum of values in the unit of the metric: seconds or octets.
  String inUnit(long sum) {
    return unit == 1 ? Long.toString(sum) : Double.toString((double) sum / unit);
  }
}
