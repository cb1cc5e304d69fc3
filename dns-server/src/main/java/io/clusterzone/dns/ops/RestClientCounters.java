package io.clusterzone.dns.ops;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/// The results of requests to the Kubernetes API server. Safe on any thread.
///
/// CoreDNS also shows how long its client holds requests back; there is nothing here that does.
public final class RestClientCounters implements MetricSource {
  private final Map<String, Histogram> durations = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> requests = new ConcurrentSkipListMap<>();

  /// Counts a request whose reply has begun, or that has failed.
  ///
  /// @param host `HOST:PORT` of the API server; one of the few that are configured
  /// @param code the status of the reply; `<error>` if there is none, as Kubernetes's client has it
  public void request(String verb, String host, String code, Duration duration) {
    durations
        .computeIfAbsent(
            MetricText.labels("verb", verb, "host", host), _ -> new Histogram(Buckets.REST_CLIENT))
        .observe(duration.toNanos());
    requests
        .computeIfAbsent(
            MetricText.labels("code", code, "method", verb, "host", host), _ -> new LongAdder())
        .increment();
  }

  @Override
  public void writeTo(MetricText text) {
    text.histogram(
        "coredns_kubernetes_rest_client_request_duration_seconds",
        "Time from a request to the API server to its reply.");
    durations.forEach((labels, histogram) -> histogram.writeTo(text, labels));
    text.counter("coredns_kubernetes_rest_client_requests_total", "Requests to the API server.");
    requests.forEach((labels, count) -> text.sample(labels, count.sum()));
  }
}
