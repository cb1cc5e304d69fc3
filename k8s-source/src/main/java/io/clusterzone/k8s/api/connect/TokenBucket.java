package io.clusterzone.k8s.api.connect;

/// Lets through so many requests at once and so many a second. Safe on any thread.
final class TokenBucket {
  private final Timing timing;
  private final double tokensPerNano;
  private final double burst;
  private double tokens;
  private long lastNanos;

  TokenBucket(Timing timing, double perSecond, int burst) {
    this.timing = timing;
    this.tokensPerNano = perSecond / 1e9;
    this.burst = burst;
    this.tokens = burst;
    this.lastNanos = timing.nanoTime();
  }

  /// Takes a token, and waits until it is there.
  ///
  /// @return the nanoseconds waited
  /// @throws InterruptedException if the thread is interrupted meanwhile
  long take() throws InterruptedException {
    long wait = reserve();
    if (wait > 0) {
      timing.sleep(wait);
    }
    return wait;
  }

  private synchronized long reserve() {
    long now = timing.nanoTime();
    tokens = Math.min(burst, tokens + (now - lastNanos) * tokensPerNano) - 1;
    lastNanos = now;
    return tokens >= 0 ? 0 : (long) (-tokens / tokensPerNano);
  }
}
