package io.clusterzone.k8s.api;

import io.clusterzone.k8s.api.connect.ApiObserver;
import io.clusterzone.k8s.api.connect.Timing;
import io.clusterzone.k8s.model.ClusterSink;

/// Feeds for the tests of what fills them.
final class Feeds {
  private Feeds() {}

  /// Nothing is held back, and nobody is told.
  static KindFeed of(KindStatus status, Timing timing) {
    return of(status, timing, 0, _ -> {});
  }

  static KindFeed of(KindStatus status, Timing timing, long holdNanos, ClusterSink sink) {
    return new KindFeed(
        status.kind(),
        sink,
        status,
        new EmptyingGuard(timing, holdNanos),
        timing,
        ApiObserver.NONE);
  }
}
