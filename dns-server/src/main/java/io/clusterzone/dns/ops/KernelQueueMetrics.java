package io.clusterzone.dns.ops;

import java.util.function.LongSupplier;

/// The kernel's queues of received datagrams, all of them together.
///
/// @param dropped datagrams that found no room
/// @param limited datagrams that were dropped while their clients were limited
/// @param limitedClients clients that are limited now
/// @param queuedOctets memory they take now
public record KernelQueueMetrics(
    LongSupplier dropped,
    LongSupplier limited,
    LongSupplier limitedClients,
    LongSupplier queuedOctets)
    implements MetricSource {
  @Override
  public void writeTo(MetricText text) {
    text.counter(
        "clusterzone_udp_kernel_dropped_total",
        "Datagrams that the kernel dropped: the queue was full, or more was sent than can be"
            + " answered and who sends most was limited.");
    text.sample("reason=\"full\"", dropped.getAsLong());
    text.sample("reason=\"limited\"", limited.getAsLong());
    text.gauge(
        "clusterzone_udp_limited_clients",
        "Clients that are limited now because more is sent than can be answered; those that cannot"
            + " be told apart are one. The log names the largest.");
    text.sample("", limitedClients.getAsLong());
    text.gauge(
        "clusterzone_udp_kernel_queued_bytes",
        "Memory that the kernel uses for datagrams not read yet.");
    text.sample("", queuedOctets.getAsLong());
  }
}
