package io.clusterzone.k8s.api.connect;

import java.time.Duration;

/// The counter of events between the source and the API server. Called on any thread; must not
/// block.
public interface ApiObserver {
  ApiObserver NONE = new ApiObserver() {};

  /// A GET got the head of its response, or none (status 0).
  default void responded(String host, int status, Duration took) {}

  /// A change of a followed cluster became visible to queries, that long after its octets arrived.
  default void visible(Duration sinceArrival) {}

  /// A slice of a headless Service was handed over, so long after what triggered it: the time that
  /// `dns_programming_duration_seconds` measures.
  default void programmed(Duration sinceTrigger) {}
}
