package io.clusterzone.dns.ops.diagnose;

import static java.lang.management.MemoryNotificationInfo.MEMORY_COLLECTION_THRESHOLD_EXCEEDED;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.management.NotificationEmitter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says that the memory is about to be too small while it still suffices: when what lives long
/// fills nearly all of its part of the heap even after a full collection. A process that waits for
/// the end of its memory starts again and again, and serves nothing meanwhile.
public final class HeapWatch {
  private static final Logger LOG = LoggerFactory.getLogger(HeapWatch.class);

  /// Garbage needs room too: above this share, the collector runs most of the time.
  private static final double NEARLY_ALL = 0.92;

  private static final long AGAIN_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final MemoryPoolMXBean pool;
  private long nextWarning = System.nanoTime();

  private final BooleanSupplier clusters;

  private HeapWatch(MemoryPoolMXBean pool, BooleanSupplier clusters) {
    this.pool = pool;
    this.clusters = clusters;
  }

  /// Logs a warning when a full collection leaves nearly all in use, at most every ten minutes. The
  /// runtime's own thread does so, for as long as the process lives.
  ///
  /// @param clusters whether clusters are followed, of which less could be watched; from any thread
  public static void start(BooleanSupplier clusters) {
    start(NEARLY_ALL, clusters);
  }

  static void start(double share, BooleanSupplier clusters) {
    longLived().ifPresent(pool -> new HeapWatch(pool, clusters).watch(share));
  }

  private void watch(double share) {
    long limit = pool.getUsage().getMax();
    if (limit > 0) {
      pool.setCollectionUsageThreshold((long) (limit * share));
      var memory = (NotificationEmitter) ManagementFactory.getMemoryMXBean();
      memory.addNotificationListener(
          (_, _) -> exceeded(),
          told -> told.getType().equals(MEMORY_COLLECTION_THRESHOLD_EXCEEDED),
          null);
    }
  }

  /// Told after each full collection.
  private synchronized void exceeded() {
    long now = System.nanoTime();
    if (now - nextWarning < 0) {
      return;
    }
    nextWarning = now + AGAIN_NANOS;
    MemoryUsage usage = pool.getCollectionUsage();
    LOG.warn(
        "the memory is nearly full: after a full collection {} of {} MiB are in use;"
            + " raise the limit of the container{}",
        usage.getUsed() >> 20,
        usage.getMax() >> 20,
        clusters.getAsBoolean() ? ", or watch less with \"endpoints auto\"" : "");
  }

  /// The part of the heap for long-lived objects, in the names of the serial, parallel and G1
  /// collectors.
  public static Optional<MemoryPoolMXBean> longLived() {
    List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans();
    return pools.stream()
        .filter(MemoryPoolMXBean::isCollectionUsageThresholdSupported)
        .filter(pool -> pool.getName().contains("Tenured") || pool.getName().contains("Old"))
        .findFirst();
  }
}
