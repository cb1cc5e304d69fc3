package io.clusterzone.dns.server;

import io.clusterzone.dns.ops.MetricSource;
import io.clusterzone.dns.ops.MetricText;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.zones.zone.Zone;
import java.util.List;
import java.util.function.Supplier;

/// The content of the zones that are made from clusters, as one number for each.
///
/// @param clusters reads all of them, at each scrape
public record ZoneMetrics(Supplier<List<Published>> clusters) implements MetricSource {
  /// A double holds this many bits of a whole number exactly, and some more.
  private static final int DIGEST_BITS = 48;

  private static final int MOST_ZONES = 1024;

  /// The zones of one cluster at one moment.
  ///
  /// @param scope the first server block that answers from it
  public record Published(Scope scope, List<Zone> zones) {}

  @Override
  public void writeTo(MetricText text) {
    text.gauge(
        "clusterzone_zone_digest",
        "Lowest 48 bits of a hash over the records of a zone, the same on each replica with the"
            + " same records.");
    for (Published cluster : clusters.get()) {
      String server = cluster.scope.server();
      cluster.zones.stream()
          .limit(MOST_ZONES)
          .forEach(zone ->
              text.sample(
                  MetricText.labels("server", server, "zone", zone.apex().toString()),
                  shown(zone.digest())));
    }
  }

  /// The part of a digest that a metric can show.
  private static long shown(long digest) {
    return digest & ((1L << DIGEST_BITS) - 1);
  }
}
