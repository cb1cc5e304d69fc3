package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Pod;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.zone.Zones;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The objects behind one version of the zones, for tools that explain it. Immutable, for any
/// thread; looking something up goes through all objects of the kind.
///
/// @param options the operator's choices about the names
/// @param zones the version
/// @param namespaces the ones whose names are served, sorted
/// @param services the Services and ServiceImports, those of other namespaces too
/// @param slices the EndpointSlices, likewise
/// @param pods the Pods, likewise; none unless Pods have names of their own
public record ClusterObjects(
    SchemaOptions options,
    Zones zones,
    SortedSet<String> namespaces,
    Collection<ClusterObject> services,
    Collection<EndpointSlice> slices,
    Collection<Pod> pods) {
  public ClusterObjects {
    namespaces = Collections.unmodifiableSortedSet(new TreeSet<>(namespaces));
    services = List.copyOf(services);
    slices = List.copyOf(slices);
    pods = List.copyOf(pods);
  }

  /// Whether names of a namespace may be served, whether it exists or not.
  public boolean exposes(String namespace) {
    return options.exposes(namespace);
  }

  /// The Service or ServiceImport with the key in a namespace that is served; null if there is
  /// none.
  public @Nullable ClusterObject service(Kind kind, ObjectKey key) {
    return services.stream()
        .filter(object -> object.kind() == kind && object.key().equals(key))
        .filter(object -> namespaces.contains(key.namespace()))
        .findFirst()
        .orElse(null);
  }

  /// The names of the Services of a namespace that is served, sorted.
  public SortedSet<String> services(Kind kind, String namespace) {
    SortedSet<String> names = new TreeSet<>();
    if (namespaces.contains(namespace)) {
      for (ClusterObject object : services) {
        if (object.kind() == kind && object.key().namespace().equals(namespace)) {
          names.add(object.key().name());
        }
      }
    }
    return names;
  }

  /// The namespaces that are served and have a Service of this name, sorted.
  public SortedSet<String> namespacesOf(Kind kind, String service) {
    SortedSet<String> found = new TreeSet<>();
    for (ClusterObject object : services) {
      if (object.kind() == kind
          && object.key().name().equals(service)
          && namespaces.contains(object.key().namespace())) {
        found.add(object.key().namespace());
      }
    }
    return found;
  }

  /// Every address behind a Service, ready or not, in the order of its slices.
  ///
  /// @param apex the zone in which they are named
  public List<NamedEndpoint> endpoints(ClusterObject service, Name apex) {
    Name owner =
        OwnerNames.below(apex, service.key().name() + "." + service.key().namespace() + ".svc");
    if (owner == null) {
      return List.of();
    }
    var view = new ServiceView(service, slicesOf(service));
    return new EndpointNames(view, owner, options.endpointPodNames(), new HashSet<>()).all();
  }

  private List<EndpointSlice> slicesOf(ClusterObject service) {
    String name = service.key().name();
    return slices.stream()
        .filter(slice -> slice.key().namespace().equals(service.key().namespace()))
        .filter(slice ->
            name.equals(service.kind() == Kind.SERVICE ? slice.service() : slice.importedService()))
        .sorted(Comparator.comparing(slice -> slice.key().name()))
        .toList();
  }
}
