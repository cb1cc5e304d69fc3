package io.clusterzone.dns.server;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterEvent.Put;
import io.clusterzone.k8s.model.ClusterEvent.Synced;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Namespace;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.records.ClusterObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A live cluster with manifests laid over it: their objects take the place of those of the same
/// kind, namespace and name, and the others are added, as `kubectl apply` does it.
///
/// What was made up for manifests counts only where the live cluster has nothing: a Service keeps
/// its cluster IPs, and the endpoints that its Pods have.
final class LaidOver {
  private final ClusterObjects live;
  private final Set<IpAddress> made;

  /// The Services that have endpoints in the live cluster.
  private final Set<ObjectKey> served;

  /// @param made the addresses that were made up for the manifests
  LaidOver(ClusterObjects live, Set<IpAddress> made) {
    this.live = live;
    this.made = made;
    this.served =
        live.slices().stream()
            .map(slice -> new ObjectKey(slice.key().namespace(), slice.service()))
            .collect(Collectors.toSet());
  }

  /// The events from which the cluster is learnt as it would be.
  ///
  /// @param manifests the events of the manifests
  List<ClusterEvent> events(List<ClusterEvent> manifests) {
    List<ClusterEvent> events = new ArrayList<>();
    live.namespaces().forEach(name -> events.add(new Put(new Namespace(name))));
    live.services().forEach(object -> events.add(new Put(object)));
    live.slices().forEach(object -> events.add(new Put(object)));
    live.pods().forEach(object -> events.add(new Put(object)));
    for (ClusterEvent event : manifests) {
      if (event instanceof Put(ClusterObject object) && counts(object)) {
        events.add(new Put(as(object)));
      }
    }
    live.options().kinds().forEach(kind -> events.add(new Synced(kind)));
    return events;
  }

  private boolean counts(ClusterObject object) {
    return switch (object) {
      case EndpointSlice slice ->
          !served.contains(new ObjectKey(slice.key().namespace(), slice.service()))
              || slice.endpoints().stream().noneMatch(one -> isMade(one.addresses()));
      case ClusterObject.Pod pod -> !isMade(pod.addresses());
      case Namespace _, Service _, ClusterObject.ServiceImport _ -> true;
    };
  }

  private ClusterObject as(ClusterObject object) {
    if (object instanceof Service service
        && service.type() == Service.Type.CLUSTER_IP
        && isMade(service.clusterIps())
        && live.service(Kind.SERVICE, service.key()) instanceof Service before
        && before.type() == Service.Type.CLUSTER_IP) {
      return new Service(
          service.key(),
          service.type(),
          before.clusterIps(),
          service.ports(),
          service.externalName());
    }
    return object;
  }

  private boolean isMade(List<IpAddress> addresses) {
    return !addresses.isEmpty() && made.containsAll(addresses);
  }
}
