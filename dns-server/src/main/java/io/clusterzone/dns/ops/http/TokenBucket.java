package io.clusterzone.dns.ops.http;

import java.util.function.LongSupplier;

/// A bound on how often something is done: so many times a second on average, and as many at once.
/// Safe on any thread.
public final class TokenBucket {
  private static final long SECOND_NANOS = 1_000_000_000;

  private final long costNanos;
  private final LongSupplier clock;

  /// The time at which all is forgotten. Guarded by this.
  private long fullNanos;

  public TokenBucket(int perSecond) {
    this(perSecond, System::nanoTime);
  }

  /// @param clock in nanoseconds
  TokenBucket(int perSecond, LongSupplier clock) {
    this.costNanos = SECOND_NANOS / perSecond;
    this.clock = clock;
    this.fullNanos = clock.getAsLong();
  }

  /// Whether it may be done once more now; counts as done then.
  public synchronized boolean take() {
    long now = clock.getAsLong();
    if (fullNanos - now < 0) {
      fullNanos = now;
    }
    if (fullNanos + costNanos - now > SECOND_NANOS) {
      return false;
    }
    fullNanos += costNanos;
    return true;
  }
}
