package io.clusterzone.k8s.api.connect;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// The pause after a failure: twice as long each time, up to a bound, and only half of it certain
/// so that many servers do not come back at once. One thread.
public final class Backoff {
  private static final long FIRST_NANOS = Duration.ofMillis(200).toNanos();

  /// After success for this long, the next failure counts as the first.
  private static final long FORGET_NANOS = Duration.ofSeconds(10).toNanos();

  /// The API server asks for half a minute at most, when it sheds load; what stands before it may
  /// ask for days, and meanwhile nothing would be heard of the cluster.
  private static final Duration MOST_ASKED = Duration.ofMinutes(1);

  private final Timing timing;
  private final RandomGenerator random;
  private final long longestNanos;
  private long nextNanos = FIRST_NANOS;
  private boolean well;

  /// Since when all goes well, if it does.
  private long wellNanos;

  public Backoff(Timing timing, RandomGenerator random, Duration longest) {
    this.timing = timing;
    this.random = random;
    this.longestNanos = longest.toNanos();
  }

  /// Nanoseconds to wait after one more failure, but at least the server's own wish, within a
  /// minute.
  public long afterFailure(Duration atLeast) {
    if (well && timing.nanoTime() - wellNanos > FORGET_NANOS) {
      nextNanos = FIRST_NANOS;
    }
    well = false;
    long wait = atLeast.isZero() ? jittered(nextNanos) : asked(atLeast) + jittered(FIRST_NANOS);
    nextNanos = Math.min(nextNanos * 2, longestNanos);
    return wait;
  }

  /// All goes well from now on, until the next failure. An attempt that takes long to fail does not
  /// count.
  public void works() {
    if (!well) {
      well = true;
      wellNanos = timing.nanoTime();
    }
  }

  /// The next failure counts as the first.
  public void restart() {
    nextNanos = FIRST_NANOS;
  }

  private static long asked(Duration atLeast) {
    return (atLeast.compareTo(MOST_ASKED) < 0 ? atLeast : MOST_ASKED).toNanos();
  }

  private long jittered(long nanos) {
    return nanos / 2 + random.nextLong(nanos / 2);
  }
}
