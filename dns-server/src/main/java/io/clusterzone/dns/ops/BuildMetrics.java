package io.clusterzone.dns.ops;

import java.util.List;

/// What runs: the build, and the directives of each server block.
///
/// @param version of Clusterzone
/// @param revision of its source; may be empty
public record BuildMetrics(String version, String revision, List<Enabled> directives)
    implements MetricSource {
  /// A directive that a server block has.
  public record Enabled(Scope scope, String directive) {}

  public BuildMetrics {
    directives = directives.stream().distinct().toList();
  }

  @Override
  public void writeTo(MetricText text) {
    text.gauge("coredns_build_info", "The build; goversion is the version of Java.");
    text.sample(
        MetricText.labels(
            "version",
            version,
            "revision",
            revision,
            "goversion",
            "java" + Runtime.version().feature()),
        1);
    text.gauge("coredns_plugin_enabled", "The directives of each server block.");
    for (Enabled enabled : directives) {
      text.sample(
          DnsMetrics.labels(enabled.scope()) + "," + MetricText.labels("name", enabled.directive()),
          1);
    }
  }
}
