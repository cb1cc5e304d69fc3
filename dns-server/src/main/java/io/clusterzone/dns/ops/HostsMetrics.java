package io.clusterzone.dns.ops;

import java.util.function.LongSupplier;

/// What the directives `hosts` know, all of them together.
///
/// @param entries addresses and names in files and inline
public record HostsMetrics(LongSupplier entries) implements MetricSource {
  @Override
  public void writeTo(MetricText text) {
    text.gauge("coredns_hosts_entries", "Entries of hosts files and of the Corefile.");
    text.sample("", entries.getAsLong());
  }
}
