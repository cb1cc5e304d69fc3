package io.clusterzone.dns.ops;

import java.util.function.Supplier;
import java.util.stream.Stream;

/// The running program: the build, and the directives of each server block.
///
/// @param version of Clusterzone
/// @param directives read at each scrape; duplicates are shown once
public record BuildMetrics(String version, Supplier<Stream<Enabled>> directives)
    implements MetricSource {
  /// A directive that a server block has.
  public record Enabled(Scope scope, String directive) {}

  @Override
  public void writeTo(MetricText text) {
    text.gauge("coredns_build_info", "The build; goversion is the version of Java.");
    text.sample(
        MetricText.labels(
            "version", version, "revision", "", "goversion", "java" + Runtime.version().feature()),
        1);
    text.gauge("coredns_plugin_enabled", "The directives of each server block.");
    directives
        .get()
        .map(enabled ->
            DnsMetrics.labels(enabled.scope())
                + ","
                + MetricText.labels("name", enabled.directive()))
        .distinct()
        .forEach(labels -> text.sample(labels, 1));
  }
}
