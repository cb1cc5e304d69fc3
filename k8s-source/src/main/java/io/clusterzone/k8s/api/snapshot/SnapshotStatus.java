package io.clusterzone.k8s.api.snapshot;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// The state of the snapshot on disk, for metrics. Written by the thread that starts and then by
/// the one that keeps the file, read on any.
public final class SnapshotStatus {
  private final AtomicLong failures = new AtomicLong();
  private volatile Kept kept = new Kept(Instant.EPOCH, 0);

  private record Kept(Instant time, long octets) {}

  /// The time as of which the file is, for another start to answer from; the epoch if there is
  /// none.
  public Instant time() {
    return kept.time;
  }

  /// The size of that file.
  public long octets() {
    return kept.octets;
  }

  /// Times that it could not be written. Only grows.
  public long failures() {
    return failures.get();
  }

  public void isKept(Instant time, long octets) {
    kept = new Kept(time, octets);
  }

  public void failed() {
    failures.incrementAndGet();
  }
}
