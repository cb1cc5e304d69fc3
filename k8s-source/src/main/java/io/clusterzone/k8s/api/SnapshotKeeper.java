package io.clusterzone.k8s.api;

import io.clusterzone.k8s.model.ClusterObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the snapshot when the cluster has been quiet for a while after a change, and now and then
/// when it never is. One thread runs it.
final class SnapshotKeeper implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(SnapshotKeeper.class);
  private static final long TICK_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long QUIET_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long LATEST_NANOS = Duration.ofMinutes(5).toNanos();

  private final Path file;
  private final String scope;
  private final List<KindFeed> feeds;
  private final Timing timing;
  private long seen = -1;
  private long written = -1;
  private long changedNanos;
  private long writtenNanos;

  SnapshotKeeper(Path file, String scope, List<KindFeed> feeds, Timing timing) {
    this.file = file;
    this.scope = scope;
    this.feeds = feeds;
    this.timing = timing;
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
    boolean due = now - changedNanos >= QUIET_NANOS || now - writtenNanos >= LATEST_NANOS;
    if (changes != written && due && feeds.stream().allMatch(feed -> feed.status().synced())) {
      write();
      written = changes;
      writtenNanos = now;
    }
  }

  private void write() {
    List<ClusterObject> all = feeds.stream().flatMap(feed -> feed.objects().stream()).toList();
    try {
      SnapshotFile.write(file, scope, timing.now(), SnapshotOrder.of(all));
    } catch (IOException e) {
      log.warn("{}: snapshot not written: {}", file, e.toString());
    }
  }
}
