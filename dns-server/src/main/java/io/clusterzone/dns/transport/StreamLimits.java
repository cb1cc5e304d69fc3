package io.clusterzone.dns.transport;

import java.time.Duration;

/// What TCP connections may take.
///
/// @param connections open connections in all, 1 or more
/// @param connectionsPerClient open connections of one client address, 1 or more
/// @param inFlight queries of one connection that wait for their answer, 1 or more; the connection
///   is not read while so many do
/// @param firstMessage how long a new connection may take to send a whole message
/// @param idle how long a connection may go without sending a whole message (RFC 7766 section
///   6.2.3), while no answer is outstanding
/// @param stalled how long a client may leave replies unread once the connection is full
public record StreamLimits(
    int connections,
    int connectionsPerClient,
    int inFlight,
    Duration firstMessage,
    Duration idle,
    Duration stalled) {
  public static final StreamLimits DEFAULTS =
      new StreamLimits(
          4096, 256, 128, Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(5));

  public StreamLimits {
    if (connections < 1 || connectionsPerClient < 1 || inFlight < 1) {
      throw new IllegalArgumentException(
          "limits below 1: " + connections + ", " + connectionsPerClient + ", " + inFlight);
    }
  }
}
