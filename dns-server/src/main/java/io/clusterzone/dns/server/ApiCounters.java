package io.clusterzone.dns.server;

import io.clusterzone.dns.ops.Buckets;
import io.clusterzone.dns.ops.Histogram;
import io.clusterzone.dns.ops.MetricSource;
import io.clusterzone.dns.ops.MetricText;
import io.clusterzone.k8s.api.connect.ApiObserver;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts requests to API servers and times the publication of changes, for as long as the process
/// lives. Safe on any thread.
///
/// CoreDNS also shows how long its client holds requests back; there is nothing here that does.
public final class ApiCounters implements ApiObserver, MetricSource {
  private static final int NO_RESPONSE = 0;

  private final Map<String, Histogram> durations = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final Histogram programming = new Histogram(Buckets.PROGRAMMING);
  private final Histogram visible = new Histogram(Buckets.PUBLICATION);

  @Override
  public void responded(String host, int status, Duration took) {
    durations
        .computeIfAbsent(
            MetricText.labels("verb", "GET", "host", host), _ -> new Histogram(Buckets.REST_CLIENT))
        .observe(took.toNanos());
    // Kubernetes's own client writes a request without a response so.
    String code = status == NO_RESPONSE ? "<error>" : Integer.toString(status);
    requests
        .computeIfAbsent(
            MetricText.labels("code", code, "method", "GET", "host", host), _ -> new LongAdder())
        .increment();
  }

  @Override
  public void visible(Duration sinceArrival) {
    visible.observe(sinceArrival.toNanos());
  }

  /// The service level indicator "DNS programming latency" of Kubernetes; by the clocks of two
  /// machines, so it may come out negative.
  @Override
  public void programmed(Duration sinceTrigger) {
    programming.observe(Math.max(0, sinceTrigger.toNanos()));
  }

  @Override
  public void writeTo(MetricText text) {
    text.histogram(
        "coredns_kubernetes_rest_client_request_duration_seconds",
        "Time from a request to the API server to its reply.");
    durations.forEach((labels, histogram) -> histogram.writeTo(text, labels));
    text.counter("coredns_kubernetes_rest_client_requests_total", "Requests to the API server.");
    requests.forEach((labels, count) -> text.sample(labels, count.sum()));
    text.histogram(
        "coredns_kubernetes_dns_programming_duration_seconds",
        "Time from a change of the cluster until it was answered.");
    programming.writeTo(text, MetricText.labels("service_kind", "headless_with_selector"));
    text.histogram(
        "clusterzone_kubernetes_publication_duration_seconds",
        "Time from the arrival of a change until it could be asked for.");
    visible.writeTo(text, "");
  }
}
