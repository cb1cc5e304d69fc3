package io.clusterzone.dns.ops;

import io.clusterzone.dns.ops.diagnose.HeapWatch;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;

/// The Java machine from inside: heap, collector, threads, direct memory. Named as Prometheus's own
/// Java library names them.
public final class JvmMetrics implements MetricSource {
  @Override
  public void writeTo(MetricText text) {
    text.gauge("jvm_runtime_info", "The Java runtime.");
    text.sample(
        MetricText.labels(
            "runtime",
            System.getProperty("java.runtime.name"),
            "vendor",
            System.getProperty("java.vm.vendor"),
            "version",
            Runtime.version().toString()),
        1);
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    MemoryUsage other = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
    writeMemory(text, "used", "Memory in use.", heap.getUsed(), other.getUsed());
    writeMemory(text, "committed", "Memory reserved.", heap.getCommitted(), other.getCommitted());
    writeMemory(
        text, "max", "Memory that may be used; -1 is no limit.", heap.getMax(), other.getMax());
    writeLongLived(text);
    writeBuffers(text);
    writeCollections(text);
    text.gauge("jvm_threads_current", "Threads.");
    text.sample("", ManagementFactory.getThreadMXBean().getThreadCount());
  }

  private static void writeMemory(
      MetricText text, String what, String help, long heap, long other) {
    text.gauge("jvm_memory_" + what + "_bytes", help);
    text.sample(MetricText.labels("area", "heap"), heap);
    text.sample(MetricText.labels("area", "nonheap"), other);
  }

  private static void writeLongLived(MetricText text) {
    MemoryPoolMXBean pool = HeapWatch.longLived().orElse(null);
    MemoryUsage usage = pool == null ? null : pool.getCollectionUsage();
    if (pool == null || usage == null) {
      return;
    }
    String labels = MetricText.labels("pool", pool.getName());
    text.gauge("jvm_memory_pool_collection_used_bytes", "What the last full collection left.");
    text.sample(labels, usage.getUsed());
    text.gauge("jvm_memory_pool_collection_max_bytes", "How much a full collection may leave.");
    text.sample(labels, usage.getMax());
  }

  private static void writeBuffers(MetricText text) {
    text.gauge("jvm_buffer_pool_used_bytes", "Memory of buffers outside the heap.");
    for (var pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      text.sample(MetricText.labels("pool", pool.getName()), pool.getMemoryUsed());
    }
  }

  private static void writeCollections(MetricText text) {
    text.summary("jvm_gc_collection_seconds", "Time of garbage collections.");
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      text.total(
          MetricText.labels("gc", collector.getName()),
          collector.getCollectionCount(),
          collector.getCollectionTime() / 1e3);
    }
  }
}
