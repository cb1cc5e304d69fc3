package io.clusterzone.k8s.api;

import io.clusterzone.k8s.model.ClusterObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the snapshot when the cluster has been quiet for a while after a change, and now and then
/// when it never is. What could not be written is tried again. One thread runs it.
final class SnapshotKeeper implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(SnapshotKeeper.class);
  private static final long TICK_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long QUIET_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long LATEST_NANOS = Duration.ofMinutes(5).toNanos();
  private static final long RETRY_NANOS = Duration.ofMinutes(1).toNanos();

  private final Path file;
  private final String scope;
  private final List<KindFeed> feeds;
  private final Timing timing;
  private final SnapshotStatus status;
  private long seen = -1;
  private long written = -1;
  private long changedNanos;
  private long writtenNanos;
  private long failedNanos;

  /// Why it could not be written the last time; empty if it was.
  private String problem = "";

  SnapshotKeeper(
      Path file, String scope, List<KindFeed> feeds, Timing timing, SnapshotStatus status) {
    this.file = file;
    this.scope = scope;
    this.feeds = feeds;
    this.timing = timing;
    this.status = status;
    this.writtenNanos = timing.nanoTime();
  }

  /// Returns only when the thread is interrupted.
  @Override
  public void run() {
    try {
      while (true) {
        timing.sleep(TICK_NANOS);
        tick();
      }
    } catch (InterruptedException e) {
      log.debug("{}: no longer kept", file);
    }
  }

  void tick() {
    long now = timing.nanoTime();
    long changes = feeds.stream().mapToLong(KindFeed::changes).sum();
    if (changes != seen) {
      seen = changes;
      changedNanos = now;
    }
    boolean due =
        problem.isEmpty()
            ? now - changedNanos >= QUIET_NANOS || now - writtenNanos >= LATEST_NANOS
            : now - failedNanos >= RETRY_NANOS;
    if (changes != written && due && feeds.stream().allMatch(feed -> feed.status().synced())) {
      tryToWrite(changes, now);
    }
  }

  private void tryToWrite(long changes, long now) {
    try {
      write();
      written = changes;
      writtenNanos = now;
      if (!problem.isEmpty()) {
        log.info("{}: the snapshot is written again", file);
      }
      problem = "";
    } catch (IOException | RuntimeException e) {
      failed(e.toString());
      failedNanos = now;
    }
  }

  private void write() throws IOException {
    List<ClusterObject> all = feeds.stream().flatMap(feed -> feed.objects().stream()).toList();
    Instant time = timing.now();
    SnapshotFile.write(file, scope, time, SnapshotOrder.of(all));
    status.isKept(time, Files.size(file));
  }

  private void failed(String why) {
    status.failed();
    if (!why.equals(problem)) {
      log.warn("{}: snapshot not written: {}", file, why);
    }
    problem = why;
  }
}
