package io.clusterzone.k8s.source.cluster;

import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.source.object.Manifest.PodEndpoints;
import io.clusterzone.k8s.source.object.Manifest.PodManifest;
import io.clusterzone.k8s.source.object.Manifest.ServiceManifest;
import io.clusterzone.k8s.source.object.Manifest.TargetPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Makes a Service's slices of the Pods that it selects, as the endpointslice controller does.
///
/// One slice holds the endpoints of one family whose ports lead to the same numbers: a named target
/// port may differ from Pod to Pod. The controller's limit of endpoints per slice does not matter
/// to DNS and is left out. A slice's name is made of what it holds and is not one that the API
/// server accepts, so it is the same in every run and never that of a slice in a file.
final class PodSlices {
  private final UnaryOperator<String> zoneOfNode;

  /// `zoneOfNode` gives the zone of a node by its name, empty where it is not known.
  PodSlices(UnaryOperator<String> zoneOfNode) {
    this.zoneOfNode = zoneOfNode;
  }

  List<EndpointSlice> of(ServiceManifest service, List<PodManifest> pods) {
    List<EndpointSlice> slices = new ArrayList<>();
    if (service.endpoints().ipv4()) {
      addSlices(slices, service, pods, true);
    }
    if (service.endpoints().ipv6()) {
      addSlices(slices, service, pods, false);
    }
    return slices;
  }

  private void addSlices(
      List<EndpointSlice> slices, ServiceManifest service, List<PodManifest> pods, boolean v4) {
    Map<List<Port>, List<Endpoint>> byPorts = new LinkedHashMap<>();
    for (PodManifest pod : pods) {
      List<IpAddress> addresses = pod.addresses().stream().filter(a -> a.isV4() == v4).toList();
      if (!pod.state().ended() && !addresses.isEmpty()) {
        byPorts
            .computeIfAbsent(ports(service.endpoints(), pod), _ -> new ArrayList<>())
            .add(endpoint(service, pod, addresses));
      }
    }
    ObjectKey key = service.key();
    byPorts.forEach((ports, endpoints) ->
        slices.add(
            new EndpointSlice(
                new ObjectKey(key.namespace(), name(key.name(), v4, ports)),
                key.name(),
                "",
                "",
                endpoints,
                ports)));
  }

  private static String name(String service, boolean v4, List<Port> ports) {
    var name = new StringBuilder(service).append(v4 ? ":pods:ipv4" : ":pods:ipv6");
    for (Port port : ports) {
      name.append(':').append(port.name()).append('=').append(port.number());
      name.append('/').append(port.protocol());
    }
    return name.toString();
  }

  private Endpoint endpoint(ServiceManifest service, PodManifest pod, List<IpAddress> addresses) {
    boolean ready =
        service.endpoints().publishNotReady()
            || (pod.state().ready() && !pod.state().terminating());
    boolean named = pod.subdomain().equals(service.key().name());
    return new Endpoint(
        addresses,
        ready,
        pod.state().terminating(),
        named ? pod.hostname() : "",
        pod.key().name(),
        zoneOfNode.apply(pod.node()));
  }

  /// The targets of the Service's ports in this Pod; a name that the Pod does not have leads
  /// nowhere.
  private static List<Port> ports(PodEndpoints service, PodManifest pod) {
    List<Port> ports = new ArrayList<>(service.ports().size());
    for (TargetPort target : service.ports()) {
      int number = target.target().isEmpty() ? target.number() : number(target, pod);
      if (number != Port.NO_NUMBER) {
        ports.add(new Port(target.name(), target.protocol(), number));
      }
    }
    return ports;
  }

  private static int number(TargetPort target, PodManifest pod) {
    for (Port port : pod.ports()) {
      if (port.name().equals(target.target()) && port.protocol().equals(target.protocol())) {
        return port.number();
      }
    }
    return Port.NO_NUMBER;
  }
}
