package io.clusterzone.dns.ops;

/// The labels that requests and responses are counted by: the listener and the zone of a server
/// block, with the values that CoreDNS gives them.
///
/// @param server `dns://ADDRESS:PORT`, the address empty for a wildcard
/// @param zone the key of the server block, with the last dot
public record Scope(String server, String zone) {
  /// The zone label of queries that no server block takes.
  public static final String DROPPED_ZONE = "dropped";

  /// The zone label of zones without numbers of their own; no key of a server block is without a
  /// dot.
  private static final String OTHER_ZONES = "other";

  /// The scope of a listener's queries that no server block takes.
  public static Scope dropped(String server) {
    return new Scope(server, DROPPED_ZONE);
  }

  /// The scope of a listener's queries for zones without numbers of their own.
  static Scope rest(String server) {
    return new Scope(server, OTHER_ZONES);
  }

  /// Whether it belongs to the listener, not to one of its server blocks.
  boolean isOfListener() {
    return zone.equals(DROPPED_ZONE) || zone.equals(OTHER_ZONES);
  }
}
