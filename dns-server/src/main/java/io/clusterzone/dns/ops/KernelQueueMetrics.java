package io.clusterzone.dns.ops;

import java.util.function.LongSupplier;

/// The kernel's queues of received datagrams, all of them together.
///
/// @param dropped datagrams that found no room
/// @param queuedOctets memory they take now
public record KernelQueueMetrics(LongSupplier dropped, LongSupplier queuedOctets)
    implements MetricSource {
  @Override
  public void writeTo(MetricText text) {
    text.counter(
        "clusterzone_udp_kernel_dropped_total",
        "Datagrams that the kernel dropped because they were not read in time.");
    text.sample("", dropped.getAsLong());
    text.gauge(
        "clusterzone_udp_kernel_queued_bytes",
        "Memory that the kernel uses for datagrams not read yet.");
    text.sample("", queuedOctets.getAsLong());
  }
}
