package io.clusterzone.dns.ops;

import java.util.List;

/// All metrics of a server, as `/metrics` shows them. Safe on any thread.
///
/// There is no registry: counts stay where they are counted, as plain numbers, and are read at each
/// scrape.
public final class Metrics {
  private final List<MetricSource> sources;

  /// @param sources each of which writes families that no other one writes
  public Metrics(List<MetricSource> sources) {
    this.sources = List.copyOf(sources);
  }

  /// One scrape at a time: scrapers cannot multiply the memory that the text takes.
  public synchronized String text() {
    MetricText text = new MetricText();
    for (MetricSource source : sources) {
      source.writeTo(text);
    }
    return text.toString();
  }
}
