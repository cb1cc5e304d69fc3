package io.clusterzone.dns.shadow;

import io.clusterzone.dns.config.Shadow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;

/// Metrics of a directive that has counted everything at least once.
public final class CountedShadows {
  private CountedShadows() {}

  public static ShadowMetrics metrics() {
    var address = new InetSocketAddress("192.0.2.1", 53);
    var directive =
        new Shadow(List.of(address), 1, Shadow.Queries.ZONES, 1, Shadow.DEFAULT_TIMEOUT, 1);
    var metrics = new ShadowMetrics();
    try (var shadowing = new Shadowing(directive, metrics)) {
      metrics.serve(List.of(shadowing));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PeerCounts counts = metrics.of(address);
    counts.durations.observe(1);
    counts.learnedHere.observe(1);
    counts.learnedThere.observe(1);
    return metrics;
  }
}
