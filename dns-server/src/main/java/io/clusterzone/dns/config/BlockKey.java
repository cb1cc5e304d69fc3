package io.clusterzone.dns.config;

import io.clusterzone.zones.name.Name;

/// One key of a server block: it takes the queries for `zone` that come to `port`.
///
/// @param zone in lower case
/// @param port 0 to 65535; 0 lets the system choose one
public record BlockKey(Name zone, int port) {
  /// As CoreDNS writes it in metrics and messages.
  @Override
  public String toString() {
    return "dns://" + zone + ":" + port;
  }
}
