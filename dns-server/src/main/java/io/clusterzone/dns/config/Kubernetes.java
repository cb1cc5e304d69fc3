package io.clusterzone.dns.config;

import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.model.ReverseName;
import io.clusterzone.k8s.text.LabelSelector;
import io.clusterzone.zones.name.Name;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `kubernetes`: the zones that are made from a cluster.
///
/// @param zones forward and reverse zones, in the order of the file; the first forward one is the
///   primary zone, in which the targets of PTR records are
/// @param manifests files and directories of manifests in the place of a live cluster; empty: the
///   live cluster
/// @param made the parts made up beside the manifests
/// @param pods which Pod names are answered
/// @param ttlSeconds of every record, 0 to 3600
/// @param fallthrough zones in which an NXDOMAIN is left to the directives that come after this
///   one; empty: none, the root: all
/// @param endpointPodNames whether an endpoint without a host name is called after its Pod
/// @param ignoreEmptyService whether a Service without a ready endpoint is NXDOMAIN
/// @param noEndpoints whether endpoints are not read at all
/// @param zonal whether names of endpoints in one topology zone are answered
/// @param multicluster the zones among `zones` that hold the Services of a cluster set
/// @param namespaces the only ones that are answered; empty: all
/// @param namespaceLabels which namespaces are answered
/// @param labels which Services, EndpointSlices and Pods are read
/// @param endpoints which endpoints a live cluster is asked for
/// @param snapshot where the last known cluster is kept, to start from while the API server is
///   away; null: nowhere
/// @param startupTimeout the time that the start waits for the first sight of the cluster
/// @param apiServer the way to the API server of a live cluster
public record Kubernetes(
    List<Name> zones,
    List<Path> manifests,
    MadeOptions made,
    Pods pods,
    int ttlSeconds,
    List<Name> fallthrough,
    boolean endpointPodNames,
    boolean ignoreEmptyService,
    boolean noEndpoints,
    boolean zonal,
    List<Name> multicluster,
    List<String> namespaces,
    LabelSelector namespaceLabels,
    LabelSelector labels,
    Endpoints endpoints,
    @Nullable Path snapshot,
    Duration startupTimeout,
    ApiServer apiServer)
    implements Directive {
  public static final int DEFAULT_TTL_SECONDS = 5;
  public static final int MAX_TTL_SECONDS = 3600;
  public static final Duration DEFAULT_STARTUP_TIMEOUT = Duration.ofSeconds(5);

  public Kubernetes {
    zones = List.copyOf(zones);
    manifests = List.copyOf(manifests);
    fallthrough = List.copyOf(fallthrough);
    multicluster = List.copyOf(multicluster);
    namespaces = List.copyOf(namespaces);
  }

  /// The same cluster, of which nothing is kept.
  public Kubernetes withoutSnapshot() {
    return new Kubernetes(
        zones,
        manifests,
        made,
        pods,
        ttlSeconds,
        fallthrough,
        endpointPodNames,
        ignoreEmptyService,
        noEndpoints,
        zonal,
        multicluster,
        namespaces,
        namespaceLabels,
        labels,
        endpoints,
        null,
        startupTimeout,
        apiServer);
  }

  /// The first forward zone.
  public Name primaryZone() {
    return zones.stream().filter(zone -> !ReverseName.isReverse(zone)).findFirst().orElseThrow();
  }

  /// The names `A-B-C-D.NAMESPACE.pod.ZONE` that are answered.
  public enum Pods {
    /// None.
    DISABLED,
    /// Every address in an existing namespace.
    INSECURE,
    /// The addresses of Pods.
    VERIFIED
  }

  /// The endpoints watched in a live cluster.
  public enum Endpoints {
    /// All of them.
    ALL,
    /// The endpoints of headless Services, if no other directive needs more: endpoint names and
    /// reverse names below other Services do not exist then.
    AUTO
  }

  /// The way to the API server. Without an endpoint and a kubeconfig it is the one of the cluster
  /// the server runs in, with the service account.
  ///
  /// @param endpoint URL; empty: see above
  /// @param certificate file of the client certificate; empty: none
  /// @param key file of the client key; empty: none
  /// @param certificateAuthority file of the certificates that the server is checked with; empty:
  ///   those of the system
  /// @param kubeconfig file; empty: none
  /// @param context of the kubeconfig; empty: its current one
  /// @param queriesPerSecond requests a second in the long run; 0: the client's own limit
  /// @param burst requests at once above that; 0: the client's own limit
  /// @param maxInflight requests under way at once; 0: no limit
  public record ApiServer(
      String endpoint,
      String certificate,
      String key,
      String certificateAuthority,
      String kubeconfig,
      String context,
      double queriesPerSecond,
      int burst,
      int maxInflight) {
    public static final ApiServer IN_CLUSTER = new ApiServer("", "", "", "", "", "", 0, 0, 0);
  }
}
