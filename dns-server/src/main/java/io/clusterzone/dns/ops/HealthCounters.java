package io.clusterzone.dns.ops;

import java.util.concurrent.atomic.LongAdder;

/// The results of the requests that the server makes to its own `health`. Safe on any thread.
public final class HealthCounters implements MetricSource {
  private final Histogram durations = new Histogram(Buckets.HEALTH);
  private final LongAdder failures = new LongAdder();

  public void succeeded(long nanos) {
    durations.observe(nanos);
  }

  public void failed(long nanos) {
    durations.observe(nanos);
    failures.increment();
  }

  @Override
  public void writeTo(MetricText text) {
    text.histogram(
        "coredns_health_request_duration_seconds", "Time of the server's requests to itself.");
    durations.writeTo(text, "");
    text.counter(
        "coredns_health_request_failures_total", "Requests of the server to itself that failed.");
    text.sample("", failures.sum());
  }
}
