package io.clusterzone.k8s.source.object;

import io.clusterzone.k8s.made.IpFamily;
import io.clusterzone.k8s.made.Workload;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.source.yaml.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An object as a file defines it: cut to the fields that DNS needs and that its endpoints follow
/// from. Immutable.
///
/// `selected`: whether the filters let the object itself through; one that they hold back still
/// counts for others (a Pod makes endpoints, a Service owns its address).
public sealed interface Manifest {
  default Kind kind() {
    return switch (this) {
      case NamespaceManifest _ -> Kind.NAMESPACE;
      case NodeManifest _ -> Kind.NODE;
      case ServiceManifest _ -> Kind.SERVICE;
      case SliceManifest _ -> Kind.ENDPOINT_SLICE;
      case EndpointsManifest _ -> Kind.ENDPOINTS;
      case PodManifest _ -> Kind.POD;
      case WorkloadManifest made -> Kind.of(made.workload().kind());
      case AutoscalerManifest _ -> Kind.AUTOSCALER;
      case ImportManifest _ -> Kind.SERVICE_IMPORT;
    };
  }

  ObjectKey key();

  Origin origin();

  default Identity id() {
    return new Identity(kind(), key());
  }

  /// The kinds that are read; every other kind is passed over.
  enum Kind {
    NAMESPACE("Namespace"),
    NODE("Node"),
    SERVICE("Service"),
    ENDPOINT_SLICE("EndpointSlice"),
    ENDPOINTS("Endpoints"),
    POD("Pod"),
    SERVICE_IMPORT("ServiceImport"),
    DEPLOYMENT("Deployment"),
    REPLICA_SET("ReplicaSet"),
    REPLICATION_CONTROLLER("ReplicationController"),
    STATEFUL_SET("StatefulSet"),
    DAEMON_SET("DaemonSet"),
    AUTOSCALER("HorizontalPodAutoscaler");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    static Kind of(Workload.Kind workload) {
      return switch (workload) {
        case DEPLOYMENT -> DEPLOYMENT;
        case REPLICA_SET -> REPLICA_SET;
        case REPLICATION_CONTROLLER -> REPLICATION_CONTROLLER;
        case STATEFUL_SET -> STATEFUL_SET;
        case DAEMON_SET -> DAEMON_SET;
      };
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /// The identity of an object among all files.
  record Identity(Kind kind, ObjectKey key) {
    @Override
    public String toString() {
      return kind + " " + key;
    }
  }

  record NamespaceManifest(ObjectKey key, Origin origin, boolean selected) implements Manifest {}

  record NodeManifest(ObjectKey key, Origin origin, String zone) implements Manifest {}

  /// `ipOrigins` are the places of the cluster IPs, in their order; `lacking` the families of those
  /// that are to be made up. `endpoints` says how its endpoints are made of Pods.
  record ServiceManifest(
      ClusterObject.Service service,
      Origin origin,
      boolean selected,
      List<Origin> ipOrigins,
      List<IpFamily> lacking,
      PodEndpoints endpoints)
      implements Manifest {
    /// The Service with these addresses beside its own.
    public ServiceManifest with(List<IpAddress> made) {
      List<IpAddress> all = new ArrayList<>(service.clusterIps());
      all.addAll(made);
      var completed =
          new ClusterObject.Service(
              service.key(), service.type(), all, service.ports(), service.externalName());
      return new ServiceManifest(completed, origin, selected, ipOrigins, lacking, endpoints);
    }

    @Override
    public ObjectKey key() {
      return service.key();
    }
  }

  /// A Service's demands on endpoints made of Pods. `selected`: whether slices made for it, which
  /// carry its labels, pass the filter.
  record PodEndpoints(
      Map<String, String> selector,
      List<TargetPort> ports,
      boolean ipv4,
      boolean ipv6,
      boolean publishNotReady,
      boolean selected) {}

  /// A port of a Service and what it leads to: `target` names a container's port, or is empty and
  /// `number` counts.
  record TargetPort(String name, String protocol, String target, int number) {}

  /// `mirror`: whether the mirroring controller wrote it.
  record SliceManifest(
      ClusterObject.EndpointSlice slice, Origin origin, boolean selected, boolean mirror)
      implements Manifest {
    @Override
    public ObjectKey key() {
      return slice.key();
    }
  }

  /// Endpoints that the mirroring controller would copy; `selected` is for the copies.
  record EndpointsManifest(
      ObjectKey key, Origin origin, boolean selected, boolean mirrored, List<Subset> subsets)
      implements Manifest {}

  /// Each endpoint of a subset has one address.
  record Subset(List<ClusterObject.Endpoint> endpoints, List<ClusterObject.Port> ports) {}

  /// `ports` are those that a target port may name; `bare`: whether nothing has begun to run it and
  /// an address is to be made up.
  record PodManifest(
      ObjectKey key,
      Origin origin,
      boolean selected,
      Owner owner,
      boolean bare,
      Map<String, String> labels,
      List<IpAddress> addresses,
      PodState state,
      String hostname,
      String subdomain,
      String node,
      List<ClusterObject.Port> ports)
      implements Manifest {
    /// The Pod once it runs at these addresses.
    public PodManifest at(List<IpAddress> made) {
      return new PodManifest(
          key, origin, selected, owner, false, labels, made, state, hostname, subdomain, node,
          ports);
    }
  }

  /// `ended` is the phase Succeeded or Failed; `ready` the condition, `terminating` a deletion that
  /// has begun.
  record PodState(boolean ended, boolean unknown, boolean ready, boolean terminating) {}

  /// A workload whose Pods are to be made.
  record WorkloadManifest(Workload workload, Origin origin, Owner owner) implements Manifest {
    @Override
    public ObjectKey key() {
      return workload.key();
    }
  }

  /// An autoscaler, which says how many Pods `target` has where that does not.
  record AutoscalerManifest(ObjectKey key, Origin origin, Owner target, int minReplicas)
      implements Manifest {}

  record ImportManifest(ClusterObject.ServiceImport serviceImport, Origin origin)
      implements Manifest {
    @Override
    public ObjectKey key() {
      return serviceImport.key();
    }
  }
}
