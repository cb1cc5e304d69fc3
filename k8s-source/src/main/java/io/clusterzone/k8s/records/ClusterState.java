package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Namespace;
import io.clusterzone.k8s.model.ClusterObject.Pod;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.ClusterObject.ServiceImport;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.records.Subject.NamespaceNodes;
import io.clusterzone.k8s.records.Subject.PodName;
import io.clusterzone.k8s.records.Subject.ServiceNames;
import io.clusterzone.zones.zone.Zones;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The cluster according to the events so far, and the [Subject]s that an event touches. Objects
/// may come in any order: a slice before its Service, a Service before its Namespace. For the zone
/// writer's thread only.
final class ClusterState {
  private final SchemaOptions options;
  private final Map<ServiceNames, ClusterObject> services = new HashMap<>();
  private final Map<ObjectKey, EndpointSlice> slices = new HashMap<>();

  /// Sorted by name, and the very lists that views have.
  private final Map<ServiceNames, List<EndpointSlice>> slicesOf = new HashMap<>();

  private final Map<ObjectKey, Pod> pods = new HashMap<>();
  private final Map<String, Members> namespaces = new HashMap<>();

  /// The objects of one namespace, and whether the Namespace itself is there.
  private static final class Members {
    private boolean exists;
    private final Set<ServiceNames> services = new HashSet<>();

    /// The number of Pods by address; those on the network of a node share it.
    private final Map<IpAddress, Integer> podAddresses = new HashMap<>();

    private boolean isEmpty() {
      return !exists && services.isEmpty() && podAddresses.isEmpty();
    }
  }

  ClusterState(SchemaOptions options) {
    this.options = options;
  }

  void put(ClusterObject object, Collection<Subject> touched) {
    switch (object) {
      case Namespace namespace -> setNamespace(namespace.name(), true, touched);
      case Service service -> putService(service, touched);
      case ServiceImport service -> putService(service, touched);
      case EndpointSlice slice -> setSlice(slice.key(), slice, touched);
      case Pod pod -> setPod(pod.key(), pod, touched);
    }
  }

  void remove(ClusterEvent.Remove event, Collection<Subject> touched) {
    switch (event.kind()) {
      case NAMESPACE -> setNamespace(event.key().name(), false, touched);
      case SERVICE, SERVICE_IMPORT -> removeService(event, touched);
      case ENDPOINT_SLICE -> setSlice(event.key(), null, touched);
      case POD -> setPod(event.key(), null, touched);
    }
  }

  /// The objects as they are now; takes as long as copying one reference to each.
  ClusterObjects objects(Zones zones) {
    return new ClusterObjects(
        options,
        zones,
        namespaces.keySet().stream()
            .filter(this::isShown)
            .collect(Collectors.toCollection(TreeSet::new)),
        services.values(),
        slices.values(),
        pods.values());
  }

  boolean exists(String namespace) {
    Members members = namespaces.get(namespace);
    return members != null && members.exists;
  }

  /// Whether the names of a namespace are shown.
  boolean isShown(String namespace) {
    return exists(namespace) && options.exposes(namespace) && OwnerNames.isObjectLabel(namespace);
  }

  /// The parts that the names of a Service depend on, or null if it has none.
  @Nullable ServiceView view(ServiceNames names) {
    ClusterObject object = services.get(names);
    if (object == null || !isShown(names.key().namespace())) {
      return null;
    }
    return new ServiceView(object, slicesOf.getOrDefault(names, List.of()));
  }

  /// Whether a Pod of the namespace has the address.
  boolean hasPod(PodName pod) {
    Members members = namespaces.get(pod.namespace());
    return members != null
        && members.podAddresses.containsKey(pod.address())
        && isShown(pod.namespace());
  }

  private Members members(String namespace) {
    return namespaces.computeIfAbsent(namespace, _ -> new Members());
  }

  private void forgetIfEmpty(String namespace) {
    namespaces.computeIfPresent(namespace, (_, members) -> members.isEmpty() ? null : members);
  }

  private void setNamespace(String name, boolean exists, Collection<Subject> touched) {
    Members members = members(name);
    members.exists = exists;
    touched.add(new NamespaceNodes(name));
    touched.addAll(members.services);
    members.podAddresses.keySet().forEach(address -> touched.add(new PodName(name, address)));
    forgetIfEmpty(name);
  }

  private void putService(ClusterObject service, Collection<Subject> touched) {
    var names = new ServiceNames(service.kind(), service.key());
    services.put(names, service);
    members(service.key().namespace()).services.add(names);
    touched.add(names);
  }

  private void removeService(ClusterEvent.Remove event, Collection<Subject> touched) {
    var names = new ServiceNames(event.kind(), event.key());
    services.remove(names);
    members(event.key().namespace()).services.remove(names);
    forgetIfEmpty(event.key().namespace());
    touched.add(names);
  }

  /// A slice that moves from one Service to another touches both.
  private void setSlice(ObjectKey key, @Nullable EndpointSlice slice, Collection<Subject> touched) {
    EndpointSlice before = slice == null ? slices.remove(key) : slices.put(key, slice);
    if (before != null) {
      for (ServiceNames names : servicesOf(before)) {
        slicesOf.computeIfPresent(names, (_, parts) -> without(parts, key));
        touched.add(names);
      }
    }
    if (slice != null) {
      for (ServiceNames names : servicesOf(slice)) {
        slicesOf.merge(names, List.of(slice), ClusterState::with);
        touched.add(names);
      }
    }
  }

  private static List<EndpointSlice> with(List<EndpointSlice> parts, List<EndpointSlice> more) {
    return Stream.concat(parts.stream(), more.stream())
        .sorted(Comparator.comparing(slice -> slice.key().name()))
        .collect(Collectors.toUnmodifiableList());
  }

  private static @Nullable List<EndpointSlice> without(List<EndpointSlice> parts, ObjectKey key) {
    List<EndpointSlice> rest =
        parts.stream()
            .filter(slice -> !slice.key().equals(key))
            .collect(Collectors.toUnmodifiableList());
    return rest.isEmpty() ? null : rest;
  }

  /// A slice belongs to the Services that its labels name; without labels, to none.
  private static List<ServiceNames> servicesOf(EndpointSlice slice) {
    String namespace = slice.key().namespace();
    var service = new ServiceNames(Kind.SERVICE, new ObjectKey(namespace, slice.service()));
    var imported =
        new ServiceNames(Kind.SERVICE_IMPORT, new ObjectKey(namespace, slice.importedService()));
    if (slice.importedService().isEmpty()) {
      return slice.service().isEmpty() ? List.of() : List.of(service);
    }
    return slice.service().isEmpty() ? List.of(imported) : List.of(service, imported);
  }

  private void setPod(ObjectKey key, @Nullable Pod pod, Collection<Subject> touched) {
    Pod before = pod == null ? pods.remove(key) : pods.put(key, pod);
    Map<IpAddress, Integer> addresses = members(key.namespace()).podAddresses;
    for (IpAddress address : addressesOf(before)) {
      addresses.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
      touched.add(new PodName(key.namespace(), address));
    }
    for (IpAddress address : addressesOf(pod)) {
      addresses.merge(address, 1, Integer::sum);
      touched.add(new PodName(key.namespace(), address));
    }
    forgetIfEmpty(key.namespace());
  }

  private static Set<IpAddress> addressesOf(@Nullable Pod pod) {
    return pod == null ? Set.of() : Set.copyOf(pod.addresses());
  }
}
