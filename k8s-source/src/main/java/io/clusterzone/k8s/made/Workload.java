package io.clusterzone.k8s.made;

import io.clusterzone.k8s.model.ObjectKey;

/// An object of which a controller makes Pods that go on running.
///
/// @param replicas their number, or [#NO_NUMBER]
/// @param firstOrdinal of a StatefulSet: the number of its first Pod
/// @param serviceName of a StatefulSet: the Service that names its Pods
public record Workload(
    Kind kind,
    ObjectKey key,
    int replicas,
    int firstOrdinal,
    String serviceName,
    PodTemplate template) {
  public static final int NO_NUMBER = -1;

  /// The kinds, with the words of the API.
  public enum Kind {
    DEPLOYMENT("Deployment"),
    REPLICA_SET("ReplicaSet"),
    REPLICATION_CONTROLLER("ReplicationController"),
    STATEFUL_SET("StatefulSet"),
    DAEMON_SET("DaemonSet");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }
}
