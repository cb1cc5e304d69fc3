package io.clusterzone.k8s.model;

import java.util.List;

/// An object of the cluster, cut to the fields that DNS needs. Immutable; two that are equal look
/// the same to DNS.
///
/// Text is as the API has it; a field that is absent there is the empty string or the empty list.
public sealed interface ClusterObject {
  default Kind kind() {
    return switch (this) {
      case Namespace _ -> Kind.NAMESPACE;
      case Service _ -> Kind.SERVICE;
      case EndpointSlice _ -> Kind.ENDPOINT_SLICE;
      case Pod _ -> Kind.POD;
      case ServiceImport _ -> Kind.SERVICE_IMPORT;
    };
  }

  ObjectKey key();

  /// The octets of its fields, without Java's overhead. However many endpoints there are, this
  /// takes equally long.
  default int octets() {
    return ObjectOctets.of(this);
  }

  /// A namespace exists.
  record Namespace(String name) implements ClusterObject {
    @Override
    public ObjectKey key() {
      return new ObjectKey("", name);
    }
  }

  /// A Service. `externalName` is empty unless the type is ExternalName.
  record Service(
      ObjectKey key, Type type, List<IpAddress> clusterIps, List<Port> ports, String externalName)
      implements ClusterObject {
    /// The kinds of Service that DNS distinguishes; NodePort and LoadBalancer are the same to it as
    /// ClusterIP.
    public enum Type {
      CLUSTER_IP,
      /// The first cluster IP is `None`, whatever the type says.
      HEADLESS,
      EXTERNAL_NAME
    }

    public Service {
      clusterIps = List.copyOf(clusterIps);
      ports = List.copyOf(ports);
    }
  }

  /// A slice of a Service's endpoints, or of a ServiceImport's.
  ///
  /// `service` is the value of the label `kubernetes.io/service-name`, `importedService` that of
  /// `multicluster.kubernetes.io/service-name`, `cluster` that of
  /// `multicluster.kubernetes.io/source-cluster`. Go through `endpoints` in order, not by index.
  record EndpointSlice(
      ObjectKey key,
      String service,
      String importedService,
      String cluster,
      List<Endpoint> endpoints,
      List<Port> ports)
      implements ClusterObject {
    public EndpointSlice {
      endpoints = EndpointList.copyOf(endpoints);
      ports = List.copyOf(ports);
    }
  }

  /// A Pod that has not ended. `addresses` are its podIPs.
  record Pod(ObjectKey key, List<IpAddress> addresses) implements ClusterObject {
    public Pod {
      addresses = List.copyOf(addresses);
    }
  }

  /// A Service of the cluster set (KEP-1645). `slicesAbsent`: its controller says that it publishes
  /// no EndpointSlices here (`status.endpointSliceObjects`).
  record ServiceImport(
      ObjectKey key,
      boolean headless,
      boolean slicesAbsent,
      List<IpAddress> addresses,
      List<Port> ports)
      implements ClusterObject {
    public ServiceImport {
      addresses = List.copyOf(addresses);
      ports = List.copyOf(ports);
    }

    /// One whose slices are here.
    public ServiceImport(
        ObjectKey key, boolean headless, List<IpAddress> addresses, List<Port> ports) {
      this(key, headless, false, addresses, ports);
    }
  }

  /// One endpoint of a slice. `ready` is the condition as the API defines it: unset means ready.
  /// `terminating` is no matter of names, but the reason why an endpoint is not ready; a snapshot
  /// does not keep it.
  record Endpoint(
      List<IpAddress> addresses,
      boolean ready,
      boolean terminating,
      String hostname,
      String pod,
      String zone) {
    public Endpoint {
      addresses = List.copyOf(addresses);
    }

    /// One that is not terminating, as far as that is known.
    public Endpoint(
        List<IpAddress> addresses, boolean ready, String hostname, String pod, String zone) {
      this(addresses, ready, false, hostname, pod, zone);
    }
  }

  /// A port. `protocol` is in lower case (`tcp`, `udp`, `sctp`); `number` is [#NO_NUMBER] where the
  /// API gives none.
  record Port(String name, String protocol, int number) {
    public static final int NO_NUMBER = -1;
    public static final int MAX_NUMBER = 65_535;
  }
}
