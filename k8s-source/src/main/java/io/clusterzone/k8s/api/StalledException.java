package io.clusterzone.k8s.api;

import java.io.IOException;

/// The server stopped sending before it had said what it should: a connection that is open on one
/// side only looks the same.
final class StalledException extends IOException {
  private static final long serialVersionUID = 1;

  StalledException(String message) {
    super(message);
  }

  static StalledException afterNanos(long nanos) {
    return new StalledException("nothing heard for " + nanos / 1_000_000_000 + " s");
  }
}
