package io.clusterzone.k8s.api.connect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A clock that moves when a test says so, or when someone sleeps.
public final class FakeTiming implements Timing {
  private final List<Long> sleeps = new ArrayList<>();
  private long nanos = 1_000_000_000_000L;

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public synchronized Instant now() {
    return Instant.EPOCH.plusNanos(nanos);
  }

  @Override
  public synchronized void sleep(long duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    sleeps.add(duration);
    nanos += duration;
  }

  public synchronized void advance(long duration) {
    nanos += duration;
  }

  public synchronized List<Long> sleeps() {
    return List.copyOf(sleeps);
  }
}
