package io.clusterzone.k8s.model;

/// One change of the cluster as a source reports it.
public sealed interface ClusterEvent {
  /// The object exists and looks like this; it replaces what was known under its key.
  record Put(ClusterObject object) implements ClusterEvent {}

  /// The object is gone.
  record Remove(Kind kind, ObjectKey key) implements ClusterEvent {}

  /// All objects of this kind have been reported, as they were when the source last knew them all:
  /// some may have changed since, until [Synced] comes.
  record Restored(Kind kind) implements ClusterEvent {}

  /// All objects of this kind have been reported once.
  record Synced(Kind kind) implements ClusterEvent {}
}
