package io.clusterzone.dns.config;

import java.time.Duration;

/// `timeouts`: how long clients may take over TCP, and for how many queries.
///
/// @param read for a new connection to send a whole message
/// @param write for a client to take a reply
/// @param idle between two messages
/// @param maxQueries of one connection before it is closed; 0: any number
public record Timeouts(Duration read, Duration write, Duration idle, int maxQueries)
    implements Directive {
  public static final Duration MIN = Duration.ofSeconds(1);
  public static final Duration MAX = Duration.ofHours(24);

  /// As in CoreDNS.
  public static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(10), 0);

  @Override
  public boolean hasPart() {
    return false;
  }
}
