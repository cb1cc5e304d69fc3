package io.clusterzone.dns.ops;

/// What requests and responses are counted by: the listener and the zone of a server block, with
/// the label values that CoreDNS gives them.
///
/// @param server `dns://ADDRESS:PORT`, the address empty for a wildcard
/// @param zone the key of the server block, with the last dot
public record Scope(String server, String zone) {
  /// The zone label of queries that no server block takes.
  public static final String DROPPED_ZONE = "dropped";

  /// Where the queries to a listener are counted that none of its server blocks takes.
  public static Scope dropped(String server) {
    return new Scope(server, DROPPED_ZONE);
  }
}
