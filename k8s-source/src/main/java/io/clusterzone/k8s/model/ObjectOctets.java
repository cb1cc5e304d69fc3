package io.clusterzone.k8s.model;

import io.clusterzone.k8s.model.ClusterObject.Port;
import java.util.Collection;
import java.util.List;

/// The octets in the fields of an object: texts in the letters of DNS, addresses, and ports with a
/// number of two octets. Endpoints are counted as they are packed.
final class ObjectOctets {
  private static final int V4 = 4;
  private static final int V6 = 16;
  private static final int PORT_NUMBER = 2;

  private ObjectOctets() {}

  static int of(ClusterObject object) {
    return of(object.key()) + ofFields(object);
  }

  private static int ofFields(ClusterObject object) {
    return switch (object) {
      case ClusterObject.Namespace _ -> 0;
      case ClusterObject.Service service ->
          ofAddresses(service.clusterIps())
              + ofPorts(service.ports())
              + service.externalName().length();
      case ClusterObject.EndpointSlice slice ->
          slice.service().length()
              + slice.importedService().length()
              + slice.cluster().length()
              + EndpointList.copyOf(slice.endpoints()).octets()
              + ofPorts(slice.ports());
      case ClusterObject.Pod pod -> ofAddresses(pod.addresses());
      case ClusterObject.ServiceImport imported ->
          ofAddresses(imported.addresses()) + ofPorts(imported.ports());
    };
  }

  private static int of(ObjectKey key) {
    return key.namespace().length() + key.name().length();
  }

  private static int ofAddresses(Collection<IpAddress> addresses) {
    return addresses.stream().mapToInt(address -> address.isV4() ? V4 : V6).sum();
  }

  private static int ofPorts(List<Port> ports) {
    return ports.stream()
        .mapToInt(port -> port.name().length() + port.protocol().length() + PORT_NUMBER)
        .sum();
  }
}
