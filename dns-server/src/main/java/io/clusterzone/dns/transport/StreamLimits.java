package io.clusterzone.dns.transport;

/// The bounds on TCP connections.
///
/// @param connections open connections in all, 1 or more
/// @param connectionsPerClient open connections of one client address, 1 or more
/// @param inFlight queries of one connection that wait for their answer, 1 or more; the connection
///   is not read while so many do
public record StreamLimits(int connections, int connectionsPerClient, int inFlight) {
  public static final StreamLimits DEFAULTS = new StreamLimits(4096, 256, 128);

  public StreamLimits {
    if (connections < 1 || connectionsPerClient < 1 || inFlight < 1) {
      throw new IllegalArgumentException(
          "limits below 1: " + connections + ", " + connectionsPerClient + ", " + inFlight);
    }
  }
}
