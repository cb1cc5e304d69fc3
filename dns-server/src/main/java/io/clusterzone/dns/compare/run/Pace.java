package io.clusterzone.dns.compare.run;

/// The rate of questions: each has its moment, and those that come late may catch up for a tenth of
/// a second. For one thread.
final class Pace {
  private static final long CATCH_UP_NANOS = 100_000_000;

  private final long intervalNanos;
  private long nextNanos;

  /// @param perSecond 0 is no limit
  Pace(int perSecond, long nowNanos) {
    intervalNanos = perSecond == 0 ? 0 : 1_000_000_000L / perSecond;
    nextNanos = nowNanos;
  }

  /// The time to wait for the next question; not above 0 if it may go now.
  long waitNanos(long nowNanos) {
    return intervalNanos == 0 ? 0 : nextNanos - nowNanos;
  }

  void sent(long nowNanos) {
    nextNanos = Math.max(nextNanos, nowNanos - CATCH_UP_NANOS) + intervalNanos;
  }
}
