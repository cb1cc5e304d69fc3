package io.clusterzone.k8s.api;

import io.clusterzone.k8s.api.connect.Timing;
import io.clusterzone.k8s.api.snapshot.SnapshotFile;
import io.clusterzone.k8s.api.snapshot.SnapshotOrder;
import io.clusterzone.k8s.api.snapshot.SnapshotStatus;
import io.clusterzone.k8s.model.ClusterObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the snapshot when the cluster has been quiet for a while after a change. It does so now
/// and then when it never is, and once an hour where nothing changes: so it is never taken for
/// older than that. A write that failed is tried again. One thread runs it.
final class SnapshotKeeper implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotKeeper.class);
  private static final long TICK_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long QUIET_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long LATEST_NANOS = Duration.ofMinutes(5).toNanos();
  private static final long RENEWED_NANOS = Duration.ofHours(1).toNanos();
  private static final long RETRY_NANOS = Duration.ofMinutes(1).toNanos();

  private final Path file;
  private final Supplier<String> scope;
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
      Path file,
      Supplier<String> scope,
      List<KindFeed> feeds,
      Timing timing,
      SnapshotStatus status) {
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
      LOG.debug("{}: no longer kept", file);
    }
  }

  void tick() {
    long now = timing.nanoTime();
    long changes = feeds.stream().mapToLong(KindFeed::changes).sum();
    if (changes != seen) {
      seen = changes;
      changedNanos = now;
    }
    boolean due = problem.isEmpty() ? isDue(changes, now) : now - failedNanos >= RETRY_NANOS;
    if (due && feeds.stream().allMatch(feed -> feed.status().synced())) {
      tryToWrite(changes, now);
    }
  }

  private boolean isDue(long changes, long now) {
    if (changes == written) {
      return now - writtenNanos >= RENEWED_NANOS && proven().isAfter(status.time());
    }
    return now - changedNanos >= QUIET_NANOS || now - writtenNanos >= LATEST_NANOS;
  }

  /// The time as of which all kinds are as the server has them.
  private Instant proven() {
    return feeds.stream()
        .map(feed -> feed.status().lastProof())
        .min(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  private void tryToWrite(long changes, long now) {
    try {
      write();
      written = changes;
      writtenNanos = now;
      if (!problem.isEmpty()) {
        LOG.info("{}: the snapshot is written again", file);
      }
      problem = "";
    } catch (IOException | RuntimeException e) {
      failed(e.toString());
      failedNanos = now;
    }
  }

  private void write() throws IOException {
    List<ClusterObject> all = feeds.stream().flatMap(feed -> feed.objects().stream()).toList();
    Instant time = proven();
    SnapshotFile.write(file, scope.get(), time, SnapshotOrder.of(all));
    status.isKept(time, Files.size(file));
  }

  private void failed(String why) {
    status.failed();
    if (!why.equals(problem)) {
      LOG.warn("{}: snapshot not written: {}", file, why);
    }
    problem = why;
  }
}
