package io.clusterzone.dns.transport;

import java.time.Duration;

/// Tells channels that they are to end: answer what has been received, then close.
///
/// @param graceMillis the time for which sockets still read and accept: datagrams that the kernel
///   has queued for them are there by then, and reading them takes far less
/// @param replaced whether other sockets of ours take what is sent from now on
record Drain(long graceMillis, boolean replaced) {
  private static final long GRACE_MILLIS = 50;

  /// The server stops.
  static final Drain STOP = new Drain(GRACE_MILLIS, false);

  /// The server goes on without the socket.
  static final Drain CHANGE = new Drain(GRACE_MILLIS, true);

  Drain atMost(Duration patience) {
    return new Drain(Math.min(graceMillis, patience.toMillis()), replaced);
  }
}
