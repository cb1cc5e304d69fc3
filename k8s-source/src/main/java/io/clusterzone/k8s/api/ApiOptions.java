package io.clusterzone.k8s.api;

import io.clusterzone.k8s.api.connect.ApiAccess;
import io.clusterzone.k8s.api.connect.ApiLimits;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The objects to learn from the API server, and the way to do it.
///
/// @param access the way to the server
/// @param namespaces only these; empty for all
/// @param labels label selector on Services, EndpointSlices and Pods; empty for none
/// @param namespaceLabels label selector on Namespaces; empty for none
/// @param endpoints which EndpointSlices
/// @param podNames whether endpoints may be named after their Pods (`endpoint_pod_names`); if not,
///   the names are not kept
/// @param pods whether Pods are needed
/// @param multicluster whether ServiceImports are needed
/// @param limits the bounds on requests to the server
/// @param snapshot where the last known cluster is kept; null for nowhere
public record ApiOptions(
    ApiAccess access,
    List<String> namespaces,
    String labels,
    String namespaceLabels,
    Endpoints endpoints,
    boolean podNames,
    boolean pods,
    boolean multicluster,
    ApiLimits limits,
    @Nullable Path snapshot) {
  /// The EndpointSlices that are watched.
  public enum Endpoints {
    NONE,
    /// Slices of headless Services and slices not made of a selector: enough where nothing asks for
    /// endpoints of ClusterIP Services.
    HEADLESS,
    ALL
  }

  public ApiOptions {
    namespaces = List.copyOf(namespaces);
  }

  /// The same by another way to the server.
  public ApiOptions by(ApiAccess other) {
    return new ApiOptions(
        other,
        namespaces,
        labels,
        namespaceLabels,
        endpoints,
        podNames,
        pods,
        multicluster,
        limits,
        snapshot);
  }

  /// The same with the last known cluster kept nowhere.
  public ApiOptions withoutSnapshot() {
    return new ApiOptions(
        access,
        namespaces,
        labels,
        namespaceLabels,
        endpoints,
        podNames,
        pods,
        multicluster,
        limits,
        null);
  }

  /// All that CoreDNS watches by default.
  public static ApiOptions of(ApiAccess access) {
    return new ApiOptions(
        access, List.of(), "", "", Endpoints.ALL, false, false, false, ApiLimits.DEFAULT, null);
  }
}
