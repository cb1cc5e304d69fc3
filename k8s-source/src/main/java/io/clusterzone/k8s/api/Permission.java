package io.clusterzone.k8s.api;

import io.clusterzone.k8s.model.Kind;
import java.util.List;

/// A resource that the server lists and watches: what its account must be allowed, and all of it.
///
/// @param apiGroup as rules of RBAC have it; empty for the core group
/// @param resource the plural, such as `endpointslices`
public record Permission(String apiGroup, String resource) {
  /// The permissions that the watches of these options need, the same ones in the same order.
  public static List<Permission> needed(ApiOptions options) {
    return WatchPlan.of(options).keySet().stream().map(Permission::of).toList();
  }

  private static Permission of(Kind kind) {
    return new Permission(Resource.apiGroup(kind), Resource.plural(kind));
  }
}
