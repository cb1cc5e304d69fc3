package io.clusterzone.dns.transport.flood;

import io.clusterzone.dns.ops.MetricSource;
import io.clusterzone.dns.ops.MetricText;

/// The numbers of the kernel's queues of received datagrams, all of them together.
public record KernelQueueMetrics(KernelQueues queues, LimitedClients limited)
    implements MetricSource {
  @Override
  public void writeTo(MetricText text) {
    text.counter(
        "clusterzone_udp_kernel_dropped_total",
        "Datagrams that the kernel dropped: the queue was full, or more was sent than can be"
            + " answered and who sends most was limited.");
    text.sample("reason=\"full\"", queues.droppedFull());
    text.sample("reason=\"limited\"", queues.droppedLimited());
    text.gauge(
        "clusterzone_udp_limited_clients",
        "Clients that are limited now because more is sent than can be answered; those that cannot"
            + " be told apart are one. The log names the largest.");
    text.sample("", limited.count());
    text.gauge(
        "clusterzone_udp_kernel_queued_bytes",
        "Memory that the kernel uses for datagrams not read yet.");
    text.sample("", queues.queuedOctets());
  }
}
