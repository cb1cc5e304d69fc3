package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.records.SchemaOptions;
import io.clusterzone.k8s.records.SchemaOptions.PodRecords;
import io.clusterzone.k8s.source.ManifestOptions;
import io.clusterzone.zones.name.Name;
import java.util.List;
import java.util.Set;

/// What the directive `kubernetes` means to the name schema and to the source.
final class KubernetesSettings {
  private KubernetesSettings() {}

  /// What the source lets through, given the kinds that the schema needs.
  static ManifestOptions source(Kubernetes kubernetes, Set<Kind> kinds) {
    return new ManifestOptions(kubernetes.labels(), kubernetes.namespaceLabels(), kinds);
  }

  /// Which names the cluster gets.
  static SchemaOptions schema(Kubernetes kubernetes, List<IpAddress> ownAddresses) {
    List<Name> zones = kubernetes.zones();
    List<Name> multicluster = kubernetes.multicluster();
    return SchemaOptions.builder()
        .forwardZones(
            zones.stream()
                .filter(zone -> !Kubernetes.isReverse(zone) && !multicluster.contains(zone))
                .toList())
        .reverseZones(zones.stream().filter(Kubernetes::isReverse).toList())
        .multiclusterZones(multicluster)
        .ttlSeconds(kubernetes.ttlSeconds())
        .pods(pods(kubernetes.pods()))
        .endpointPodNames(kubernetes.endpointPodNames())
        .ignoreEmptyService(kubernetes.ignoreEmptyService())
        .noEndpoints(kubernetes.noEndpoints())
        .zonal(kubernetes.zonal())
        .namespaces(Set.copyOf(kubernetes.namespaces()))
        .ownAddresses(ownAddresses)
        .build();
  }

  private static PodRecords pods(Kubernetes.Pods mode) {
    return switch (mode) {
      case DISABLED -> PodRecords.DISABLED;
      case INSECURE -> PodRecords.INSECURE;
      case VERIFIED -> PodRecords.VERIFIED;
    };
  }
}
