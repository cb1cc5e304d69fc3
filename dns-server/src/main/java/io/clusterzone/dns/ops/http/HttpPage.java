package io.clusterzone.dns.ops.http;

import java.time.Duration;

/// Something to be had by GET. Called on a thread of its own for each request.
@FunctionalInterface
public interface HttpPage {
  /// The page's present content.
  ///
  /// @param query the text after the `?`; empty without one
  HttpReply show(String query);

  /// Whether a browser must not show it to other web sites.
  default boolean isGuarded() {
    return false;
  }

  /// The time it may take beyond that of other pages, until its last octet has been sent.
  default Duration patience() {
    return Duration.ZERO;
  }
}
