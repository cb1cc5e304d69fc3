package io.clusterzone.k8s.api;

import io.clusterzone.k8s.api.connect.Timing;
import java.time.Duration;

/// Since when a server refuses to go on with a watch.
///
/// That a version is too old has a code of its own. Where a server says so in other words, a watch
/// from that version would be asked for and refused for ever. To list at the first refusal, as
/// client-go does, costs most when the server can bear least. One thread.
final class Refusals {
  private static final long LONGEST_NANOS = Duration.ofMinutes(2).toNanos();

  private final Timing timing;
  private boolean begun;
  private long begunNanos;

  Refusals(Timing timing) {
    this.timing = timing;
  }

  /// Whether this is one more refusal that lasts too long. Refusals about the client, or about the
  /// server's load, do not count: a list would fare no better.
  boolean areTooMany(ApiFailure refusal) {
    if (!refusal.isOfRequest()) {
      return false;
    }
    long now = timing.nanoTime();
    if (!begun) {
      begun = true;
      begunNanos = now;
    }
    return now - begunNanos > LONGEST_NANOS;
  }

  /// The watch goes on.
  void end() {
    begun = false;
  }
}
