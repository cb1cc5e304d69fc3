package io.clusterzone.dns.transport;

import java.time.Duration;

/// The bounds on a listener's TCP clients, in time and queries.
///
/// @param firstMessage for a new connection to send a whole message
/// @param idle without sending a whole message (RFC 7766 section 6.2.3), while no answer is
///   outstanding
/// @param stalled to leave replies unread once the connection is full
/// @param maxQueries that a connection is used for before it is closed; 0 for any number
public record StreamTimes(Duration firstMessage, Duration idle, Duration stalled, int maxQueries) {
  public static final StreamTimes DEFAULTS =
      new StreamTimes(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(5));

  /// The bounds for connections that are used for any number of queries.
  public StreamTimes(Duration firstMessage, Duration idle, Duration stalled) {
    this(firstMessage, idle, stalled, 0);
  }
}
