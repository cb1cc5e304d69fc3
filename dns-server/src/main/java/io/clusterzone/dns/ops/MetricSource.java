package io.clusterzone.dns.ops;

/// Some metrics, read at each scrape. Called by one thread at a time, which may be any.
@FunctionalInterface
public interface MetricSource {
  void writeTo(MetricText text);
}
