package io.clusterzone.dns.forward;

import io.clusterzone.dns.ops.MetricSource;
import io.clusterzone.dns.ops.MetricText;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// The numbers of the directives `forward`, all of them together. Safe on any thread.
public final class ForwardMetrics implements MetricSource {
  private final WaitingRoom room;
  private Set<UpstreamGroup> served = Set.of();

  /// Counted by those that have gone.
  private long allDownBefore;

  private long rejectedBefore;

  /// @param room where queries wait for the upstreams of all directives
  public ForwardMetrics(WaitingRoom room) {
    this.room = room;
  }

  /// Counts these from now on. The counts of those that go stay part of the sums.
  public synchronized void serve(Collection<Forwarding> forwardings) {
    Set<UpstreamGroup> gone = new HashSet<>(served);
    served =
        forwardings.stream()
            .flatMap(forwarding -> forwarding.groups().stream())
            .collect(Collectors.toSet());
    gone.removeAll(served);
    allDownBefore += sum(gone, UpstreamGroup::allDown);
    rejectedBefore += sum(gone, UpstreamGroup::rejected);
  }

  private static long sum(Set<UpstreamGroup> groups, ToLongFunction<UpstreamGroup> count) {
    return groups.stream().mapToLong(count).sum();
  }

  @Override
  public synchronized void writeTo(MetricText text) {
    text.counter(
        "coredns_forward_healthcheck_broken_total", "Questions that found all upstreams down.");
    text.sample("", allDownBefore + sum(served, UpstreamGroup::allDown));
    text.counter(
        "coredns_forward_max_concurrent_rejects_total",
        "Questions refused because too many waited.");
    text.sample("", rejectedBefore + sum(served, UpstreamGroup::rejected));
    text.gauge("clusterzone_forward_waiting", "Questions that wait for an upstream.");
    text.sample("", sum(served, UpstreamGroup::waiting));
    text.gauge(
        "clusterzone_forward_waiting_queries", "Queries that wait for those questions' replies.");
    text.sample("", room.taken());
    text.gauge(
        "clusterzone_forward_looping_upstreams",
        "Upstreams not asked because they send questions back here.");
    text.sample("", sum(served, UpstreamGroup::looping));
    text.gauge(
        "clusterzone_forward_upstreams_without_edns",
        "Upstreams asked without EDNS, because they do not answer what has it.");
    text.sample("", sum(served, UpstreamGroup::withoutEdns));
  }
}
