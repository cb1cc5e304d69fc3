package io.clusterzone.dns.transport;

import java.time.Duration;

/// Tells channels that they are to end: answer what has been received, then close.
///
/// @param graceMillis how long sockets still read and accept: what the kernel has queued for them
///   is there by then, and reading it takes far less
record Drain(long graceMillis) {
  static final Drain DEFAULT = new Drain(50);

  Drain atMost(Duration patience) {
    return new Drain(Math.min(graceMillis, patience.toMillis()));
  }
}
