package io.clusterzone.dns.server;

import io.clusterzone.dns.ops.Buckets;
import io.clusterzone.dns.ops.Histogram;
import io.clusterzone.dns.ops.ProgrammingDurations;
import io.clusterzone.dns.ops.ProgrammingDurations.ServiceKind;
import io.clusterzone.dns.ops.RestClientCounters;
import io.clusterzone.k8s.api.connect.ApiObserver;
import java.time.Duration;

/// Counts requests to API servers, for as long as the process lives. Safe on any thread.
public final class ApiCounters implements ApiObserver {
  private static final int NO_RESPONSE = 0;

  final RestClientCounters requests = new RestClientCounters();
  final ProgrammingDurations programming = new ProgrammingDurations();
  final Histogram visible = new Histogram(Buckets.PUBLICATION);

  @Override
  public void responded(String host, int status, Duration took) {
    // Kubernetes's own client writes a request without a response so.
    String code = status == NO_RESPONSE ? "<error>" : Integer.toString(status);
    requests.request("GET", host, code, took);
  }

  @Override
  public void visible(Duration sinceArrival) {
    visible.observe(sinceArrival.toNanos());
  }

  @Override
  public void programmed(Duration sinceTrigger) {
    programming.observe(ServiceKind.HEADLESS_WITH_SELECTOR, sinceTrigger);
  }
}
