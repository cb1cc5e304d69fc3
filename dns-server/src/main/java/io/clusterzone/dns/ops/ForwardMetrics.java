package io.clusterzone.dns.ops;

import java.util.function.LongSupplier;

/// What the directives `forward` count, all of them together.
///
/// @param allDown how often a question found every upstream down
/// @param rejected questions refused because too many waited
/// @param waiting questions that wait for an upstream now
/// @param places taken by the queries that wait for them
/// @param looping upstreams that are out because they lead back here
/// @param withoutEdns upstreams that are asked without EDNS
public record ForwardMetrics(
    LongSupplier allDown,
    LongSupplier rejected,
    LongSupplier waiting,
    LongSupplier places,
    LongSupplier looping,
    LongSupplier withoutEdns)
    implements MetricSource {
  @Override
  public void writeTo(MetricText text) {
    text.counter(
        "coredns_forward_healthcheck_broken_total", "Questions that found all upstreams down.");
    text.sample("", allDown.getAsLong());
    text.counter(
        "coredns_forward_max_concurrent_rejects_total",
        "Questions refused because too many waited.");
    text.sample("", rejected.getAsLong());
    text.gauge("clusterzone_forward_waiting", "Questions that wait for an upstream.");
    text.sample("", waiting.getAsLong());
    text.gauge(
        "clusterzone_forward_waiting_queries", "Queries that wait for those questions' replies.");
    text.sample("", places.getAsLong());
    text.gauge(
        "clusterzone_forward_looping_upstreams",
        "Upstreams not asked because they send questions back here.");
    text.sample("", looping.getAsLong());
    text.gauge(
        "clusterzone_forward_upstreams_without_edns",
        "Upstreams asked without EDNS, because they do not answer what has it.");
    text.sample("", withoutEdns.getAsLong());
  }
}
