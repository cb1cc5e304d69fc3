package io.clusterzone.dns.ops.http;

import io.clusterzone.dns.ops.MetricText;
import io.clusterzone.dns.ops.Metrics;
import io.clusterzone.dns.ops.drain.Readiness;
import java.net.InetSocketAddress;

/// A page and where it is to be had.
///
/// @param path from the first `/`, without a query
public record Endpoint(InetSocketAddress address, String path, HttpPage page) {
  public static final String HEALTH = "/health";

  /// The directive `health`: it is up, whether ready, draining or neither.
  public static Endpoint health(InetSocketAddress address) {
    return new Endpoint(address, HEALTH, _ -> HttpReply.plain(200, "OK"));
  }

  /// The directive `ready`: 503 with what is missing until nothing is. Remarks follow either.
  public static Endpoint ready(InetSocketAddress address, Readiness readiness) {
    return new Endpoint(
        address,
        "/ready",
        _ -> {
          Readiness.Report report = readiness.report();
          return HttpReply.plain(report.ready() ? 200 : 503, report.text());
        });
  }

  /// The directive `prometheus`.
  public static Endpoint metrics(InetSocketAddress address, Metrics metrics) {
    return new Endpoint(
        address, "/metrics", _ -> HttpReply.text(200, MetricText.CONTENT_TYPE, metrics.text()));
  }
}
