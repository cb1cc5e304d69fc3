package io.clusterzone.dns.ops;

import java.util.List;

/// The page of metrics for some counters.
public final class Scraped {
  private Scraped() {}

  /// The sum of the samples of a family that have a scope, and one label more.
  public static long count(Counters counters, Scope scope, String family, String label, Object of) {
    String text = new Metrics(List.of(new DnsMetrics(counters))).text();
    return (long)
        Exposition.samples(text, family).stream()
            .filter(sample -> sample.label("server").equals(scope.server()))
            .filter(sample -> sample.label("zone").equals(scope.zone()))
            .filter(sample -> sample.label(label).equals(of))
            .mapToDouble(Exposition.Sample::value)
            .sum();
  }
}
