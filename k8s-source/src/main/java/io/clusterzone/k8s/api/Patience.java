package io.clusterzone.k8s.api;

import java.time.Duration;

/// The times that a reflector waits.
///
/// @param watchSilence a watch without an event or a bookmark for so long is begun anew; servers
///   send a bookmark once a minute, but only if there is a later version, and remember events for a
///   quarter of a minute longer
/// @param listSilence the same for a list, and for a watch until it has sent all there is
/// @param shortestWatch the least time a watch is asked to last
/// @param longestWatch the most; each watch draws its own, so that they do not end together
/// @param checkInterval from one check for drift to the next
/// @param settle the time that a difference may last before it counts as drift
/// @param longestPause the longest pause after a failure
/// @param hold the time that a change waits that would empty a Service
record Patience(
    Duration watchSilence,
    Duration listSilence,
    Duration shortestWatch,
    Duration longestWatch,
    Duration checkInterval,
    Duration settle,
    Duration longestPause,
    Duration hold) {
  static final Patience DEFAULT =
      new Patience(
          Duration.ofSeconds(75),
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(5),
          Duration.ofSeconds(90),
          Duration.ofSeconds(30),
          Duration.ofSeconds(1));
}
