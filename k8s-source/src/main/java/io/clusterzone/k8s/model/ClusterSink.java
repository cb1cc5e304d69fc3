package io.clusterzone.k8s.model;

import java.util.List;

/// The receiver of a source's events. Safe on any thread.
public interface ClusterSink {
  /// Takes a batch that becomes visible as one change. Returns before it is visible; blocks while
  /// the receiver is behind.
  ///
  /// @throws InterruptedException if the calling thread is interrupted while it waits
  void accept(List<ClusterEvent> batch) throws InterruptedException;

  /// The same, with the time when the batch arrived, by [System#nanoTime].
  default void accept(List<ClusterEvent> batch, long arrivedNanos) throws InterruptedException {
    accept(batch);
  }
}
