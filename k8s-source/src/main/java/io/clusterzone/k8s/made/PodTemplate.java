package io.clusterzone.k8s.made;

import io.clusterzone.k8s.model.ClusterObject.Port;
import java.util.List;
import java.util.Map;

/// The Pods of a workload, as far as DNS depends on them. `ports` are those that a target port may
/// name.
public record PodTemplate(
    Map<String, String> labels, String hostname, String subdomain, List<Port> ports) {
  public PodTemplate {
    labels = Map.copyOf(labels);
    ports = List.copyOf(ports);
  }
}
