package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.k8s.api.ApiOptions;
import io.clusterzone.k8s.api.connect.ApiAccess;
import io.clusterzone.k8s.api.connect.ApiLimits;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ReverseName;
import io.clusterzone.k8s.records.SchemaOptions;
import io.clusterzone.k8s.records.SchemaOptions.PodRecords;
import io.clusterzone.k8s.source.object.ManifestOptions;
import io.clusterzone.zones.name.Name;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// The meaning of the directive `kubernetes` to the name schema and to the source.
public final class KubernetesSettings {
  private KubernetesSettings() {}

  /// The objects that the source lets through, given the kinds that the schema needs.
  public static ManifestOptions source(Kubernetes kubernetes, Set<Kind> kinds) {
    return new ManifestOptions(
        kubernetes.labels(), kubernetes.namespaceLabels(), kinds, kubernetes.made());
  }

  /// The request to the API server, given the kinds that the schema needs.
  public static ApiOptions api(Kubernetes kubernetes, Set<Kind> kinds) {
    Kubernetes.ApiServer server = kubernetes.apiServer();
    return new ApiOptions(
        access(server),
        kubernetes.namespaces(),
        kubernetes.labels().toString(),
        kubernetes.namespaceLabels().toString(),
        endpoints(kubernetes),
        kubernetes.endpointPodNames(),
        kinds.contains(Kind.POD),
        kinds.contains(Kind.SERVICE_IMPORT),
        limits(server),
        kubernetes.snapshot());
  }

  /// Zero leaves a limit as it is.
  private static ApiLimits limits(Kubernetes.ApiServer server) {
    ApiLimits limits = ApiLimits.DEFAULT;
    return new ApiLimits(
        server.queriesPerSecond() == 0 ? limits.qps() : server.queriesPerSecond(),
        server.burst() == 0 ? limits.burst() : server.burst(),
        server.maxInflight() == 0 ? limits.maxInflight() : server.maxInflight());
  }

  private static ApiAccess access(Kubernetes.ApiServer server) {
    if (!server.kubeconfig().isEmpty()) {
      return new ApiAccess.Kubeconfig(Path.of(server.kubeconfig()), server.context());
    }
    if (!server.endpoint().isEmpty()) {
      return new ApiAccess.Endpoint(
          server.endpoint(), server.certificate(), server.key(), server.certificateAuthority());
    }
    return new ApiAccess.InCluster();
  }

  /// `auto` narrows the watch where nothing that is configured needs the endpoints of ClusterIP
  /// Services.
  private static ApiOptions.Endpoints endpoints(Kubernetes kubernetes) {
    if (kubernetes.noEndpoints()) {
      return ApiOptions.Endpoints.NONE;
    }
    boolean needsAll = kubernetes.ignoreEmptyService() || !kubernetes.multicluster().isEmpty();
    return kubernetes.endpoints() == Kubernetes.Endpoints.AUTO && !needsAll
        ? ApiOptions.Endpoints.HEADLESS
        : ApiOptions.Endpoints.ALL;
  }

  /// The options for the names of the cluster.
  public static SchemaOptions schema(Kubernetes kubernetes, List<IpAddress> ownAddresses) {
    List<Name> zones = kubernetes.zones();
    List<Name> multicluster = kubernetes.multicluster();
    return new SchemaOptions(
        zones.stream()
            .filter(zone -> !ReverseName.isReverse(zone) && !multicluster.contains(zone))
            .toList(),
        zones.stream().filter(ReverseName::isReverse).toList(),
        multicluster,
        kubernetes.ttlSeconds(),
        pods(kubernetes.pods()),
        kubernetes.endpointPodNames(),
        kubernetes.ignoreEmptyService(),
        kubernetes.noEndpoints(),
        kubernetes.zonal(),
        Set.copyOf(kubernetes.namespaces()),
        ownAddresses);
  }

  private static PodRecords pods(Kubernetes.Pods mode) {
    return switch (mode) {
      case DISABLED -> PodRecords.DISABLED;
      case INSECURE -> PodRecords.INSECURE;
      case VERIFIED -> PodRecords.VERIFIED;
    };
  }
}
