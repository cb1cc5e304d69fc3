package io.clusterzone.dns.ops.http;

import java.time.Duration;

/// Something to be had by GET. Called on a thread of its own for each request.
@FunctionalInterface
public interface HttpPage {
  /// What it shows now.
  ///
  /// @param query what follows the `?`; empty if nothing does
  HttpReply show(String query);

  /// How much longer than other pages it may take, until its last octet has been sent.
  default Duration patience() {
    return Duration.ZERO;
  }
}
