package io.clusterzone.dns.ops;

import java.time.Duration;

/// The times from a change of the cluster until it was answered: the service level indicator "DNS
/// programming latency" of Kubernetes. Safe on any thread.
public final class ProgrammingDurations implements MetricSource {
  /// The kind of the Service that changed: the label `service_kind`.
  public enum ServiceKind {
    CLUSTER_IP("cluster_ip"),
    HEADLESS_WITH_SELECTOR("headless_with_selector"),
    HEADLESS_WITHOUT_SELECTOR("headless_without_selector");

    private final String label;

    ServiceKind(String label) {
      this.label = label;
    }
  }

  private final Histogram clusterIp = new Histogram(Buckets.PROGRAMMING);
  private final Histogram withSelector = new Histogram(Buckets.PROGRAMMING);
  private final Histogram withoutSelector = new Histogram(Buckets.PROGRAMMING);

  /// Counts a change that is published.
  ///
  /// @param sinceChange by the clocks of two machines, so it may come out negative
  public void observe(ServiceKind kind, Duration sinceChange) {
    of(kind).observe(sinceChange.isNegative() ? 0 : sinceChange.toNanos());
  }

  private Histogram of(ServiceKind kind) {
    return switch (kind) {
      case CLUSTER_IP -> clusterIp;
      case HEADLESS_WITH_SELECTOR -> withSelector;
      case HEADLESS_WITHOUT_SELECTOR -> withoutSelector;
    };
  }

  @Override
  public void writeTo(MetricText text) {
    text.histogram(
        "coredns_kubernetes_dns_programming_duration_seconds",
        "Time from a change of the cluster until it was answered.");
    for (ServiceKind kind : ServiceKind.values()) {
      of(kind).writeTo(text, MetricText.labels("service_kind", kind.label));
    }
  }
}
