package io.clusterzone.dns.ops;

import static java.lang.management.MemoryNotificationInfo.MEMORY_COLLECTION_THRESHOLD_EXCEEDED;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Optional;
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

  private HeapWatch() {}

  /// Logs a warning each time that a full collection leaves nearly all in use and the one before it
  /// did not; for as long as the process lives. The runtime's own thread does so.
  public static void start() {
    start(NEARLY_ALL);
  }

  static void start(double share) {
    longLived()
        .ifPresent(pool -> {
          long limit = pool.getUsage().getMax();
          if (limit > 0) {
            pool.setCollectionUsageThreshold((long) (limit * share));
            var memory = (NotificationEmitter) ManagementFactory.getMemoryMXBean();
            memory.addNotificationListener(
                (_, _) -> warn(pool.getCollectionUsage()),
                told -> told.getType().equals(MEMORY_COLLECTION_THRESHOLD_EXCEEDED),
                null);
          }
        });
  }

  private static void warn(MemoryUsage usage) {
    LOG.warn(
        "the memory is nearly full: after a full collection {} of {} MiB are in use;"
            + " raise the limit of the container, or watch less with \"endpoints auto\"",
        usage.getUsed() >> 20,
        usage.getMax() >> 20);
  }

  /// The part of the heap for what lives long, as the serial, parallel and G1 collectors call it.
  static Optional<MemoryPoolMXBean> longLived() {
    List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans();
    return pools.stream()
        .filter(MemoryPoolMXBean::isCollectionUsageThresholdSupported)
        .filter(pool -> pool.getName().contains("Tenured") || pool.getName().contains("Old"))
        .findFirst();
  }
}
