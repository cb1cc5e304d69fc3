package io.clusterzone.dns.explain;

import io.clusterzone.k8s.records.ClusterObjects;
import java.util.List;

/// Why a name below `pod` has no answer. For one explanation.
final class PodMisses {
  private final ClusterObjects cluster;

  PodMisses(ClusterObjects cluster) {
    this.cluster = cluster;
  }

  List<Finding> of(Labels labels) {
    String namespace = labels.fromZone(1);
    if (namespace.isEmpty()) {
      return List.of();
    }
    if (!cluster.exposes(namespace)) {
      return List.of(
          new Finding(
              FindingKind.NAMESPACE_NOT_SERVED,
              "namespace `%s` is not served here".formatted(namespace)));
    }
    if (!cluster.namespaces().contains(namespace)) {
      return List.of(
          new Finding(
              FindingKind.NAMESPACE_UNKNOWN, "namespace `%s` does not exist".formatted(namespace)));
    }
    String label = labels.fromZone(2);
    return List.of(
        new Finding(
            FindingKind.POD_NAMES,
            switch (cluster.options().pods()) {
              case DISABLED -> "Pods have no names here: `pods disabled`";
              case INSECURE -> "`%s` is no address with dashes for its dots".formatted(label);
              case VERIFIED ->
                  "no Pod of namespace `%s` has the address `%s`".formatted(namespace, label);
            }));
  }
}
