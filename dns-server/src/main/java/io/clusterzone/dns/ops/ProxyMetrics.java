package io.clusterzone.dns.ops;

import io.clusterzone.dns.ops.UpstreamCounters.Transport;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;

/// The counts of each upstream. An address is counted once, however many directives name it, and
/// for as long as one does. Safe on any thread.
public final class ProxyMetrics implements MetricSource {
  private final Map<String, UpstreamCounters> upstreams = new ConcurrentSkipListMap<>();

  /// The counters of an upstream.
  ///
  /// @param to its address, as the label has it: `192.0.2.1:53`
  public UpstreamCounters of(String to) {
    return upstreams.computeIfAbsent(to, _ -> new UpstreamCounters());
  }

  /// Counts these upstreams alone from now on.
  public void retain(Set<String> addresses) {
    upstreams.keySet().retainAll(addresses);
  }

  @Override
  public void writeTo(MetricText text) {
    text.histogram(
        "coredns_proxy_request_duration_seconds", "Time from a question to the upstream's reply.");
    each((labels, counters) -> counters.writeDurations(text, labels));
    text.counter("coredns_proxy_healthcheck_failures_total", "Probes that failed.");
    each((labels, counters) -> text.sample(labels, counters.probeFailures()));
    text.counter(
        "coredns_proxy_conn_cache_hits_total", "Questions over a connection that was open.");
    each((labels, counters) -> transports(text, labels, counters::reusedConnections));
    text.counter(
        "coredns_proxy_conn_cache_misses_total", "Questions that a connection was opened for.");
    each((labels, counters) -> transports(text, labels, counters::openedConnections));
    text.counter(
        "clusterzone_proxy_mismatches_total", "Messages that answered no question of ours.");
    each((labels, counters) -> text.sample(labels, counters.mismatches()));
  }

  private void each(BiConsumer<String, UpstreamCounters> write) {
    upstreams.forEach((to, counters) ->
        write.accept(MetricText.labels("proxy_name", "forward", "to", to), counters));
  }

  private static void transports(
      MetricText text, String labels, ToLongFunction<Transport> connections) {
    for (Transport transport : Transport.values()) {
      text.sampleIfAny(
          labels + "," + MetricText.labels("proto", transport.label()),
          connections.applyAsLong(transport));
    }
  }
}
