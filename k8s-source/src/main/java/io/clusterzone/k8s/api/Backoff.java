package io.clusterzone.k8s.api;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait after a failure: twice as long each time, up to a bound, and only half of it
/// certain so that many servers do not come back at once. One thread.
final class Backoff {
  private static final long FIRST_NANOS = Duration.ofMillis(200).toNanos();
  private static final long LONGEST_NANOS = Duration.ofSeconds(30).toNanos();

  /// Without a failure for so long, the next counts as the first.
  private static final long FORGET_NANOS = Duration.ofMinutes(2).toNanos();

  private final Timing timing;
  private final RandomGenerator random;
  private long nextNanos = FIRST_NANOS;
  private long lastFailureNanos;

  Backoff(Timing timing, RandomGenerator random) {
    this.timing = timing;
    this.random = random;
  }

  /// Nanoseconds to wait after one more failure, but at least what the server asked for.
  long afterFailure(Duration atLeast) {
    long now = timing.nanoTime();
    if (now - lastFailureNanos > FORGET_NANOS) {
      nextNanos = FIRST_NANOS;
    }
    lastFailureNanos = now;
    long wait = jittered(nextNanos);
    nextNanos = Math.min(nextNanos * 2, LONGEST_NANOS);
    return atLeast.isZero() ? wait : atLeast.toNanos() + jittered(FIRST_NANOS);
  }

  private long jittered(long nanos) {
    return nanos / 2 + random.nextLong(nanos / 2);
  }
}
