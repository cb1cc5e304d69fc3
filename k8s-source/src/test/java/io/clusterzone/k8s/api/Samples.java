package io.clusterzone.k8s.api;

import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Namespace;
import io.clusterzone.k8s.model.ClusterObject.Pod;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.ClusterObject.ServiceImport;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ObjectKey;
import java.util.List;
import java.util.stream.IntStream;

/// Objects for tests.
public final class Samples {
  static final List<Port> PORTS =
      List.of(new Port("http", "tcp", 80), new Port("", "udp", Port.NO_NUMBER));

  private Samples() {}

  public static ObjectKey key(String name) {
    return new ObjectKey("shop", name);
  }

  public static Namespace namespace(String name) {
    return new Namespace(name);
  }

  public static Service service(String name, String... ips) {
    return new Service(key(name), Service.Type.CLUSTER_IP, addresses(ips), PORTS, "");
  }

  public static Service headless(String name) {
    return new Service(key(name), Service.Type.HEADLESS, List.of(), PORTS, "");
  }

  public static Service external(String name, String target) {
    return new Service(key(name), Service.Type.EXTERNAL_NAME, List.of(), List.of(), target);
  }

  /// A slice of a Service, with a ready endpoint for each address.
  public static EndpointSlice slice(String service, String name, String... ips) {
    var endpoints =
        addresses(ips).stream()
            .map(ip -> new Endpoint(List.of(ip), true, "", "pod-" + ip, "zone-a"))
            .toList();
    return new EndpointSlice(key(name), service, "", "", endpoints, PORTS);
  }

  public static EndpointSlice imported(String service, String cluster, String name, String ip) {
    var endpoint = new Endpoint(addresses(ip), false, "host", "", "");
    return new EndpointSlice(key(name), "", service, cluster, List.of(endpoint), PORTS);
  }

  public static Pod pod(String name, String... ips) {
    return new Pod(key(name), addresses(ips));
  }

  public static ServiceImport serviceImport(String name, boolean headless, String... ips) {
    return new ServiceImport(key(name), headless, addresses(ips), PORTS);
  }

  public static List<IpAddress> addresses(String... ips) {
    return List.of(ips).stream().map(IpAddress::parse).toList();
  }

  public static ClusterObject[] services(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> service("s" + i, "10.96." + i / 250 + "." + i % 250))
        .toArray(ClusterObject[]::new);
  }
}
