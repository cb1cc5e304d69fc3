package io.clusterzone.k8s.api;

import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Namespace;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ObjectKey;
import java.util.List;
import java.util.stream.IntStream;

/// A cluster of any size up to 60,000 Services for long runs, with names and addresses that another
/// process can work out from a Service's number: `service-00042` in `team-042` has the cluster IP
/// 172.16.0.42 and the endpoints 10.0.42.0 to 10.0.42.9. Every tenth Service is headless, and its
/// endpoints have host names.
final class LargeCluster {
  private static final int NAMESPACES = 500;
  private static final int ENDPOINTS = 10;
  private static final List<Port> PORTS = List.of(new Port("http", "tcp", 8080));

  private LargeCluster() {}

  static void fill(FakeCluster cluster, int services) {
    for (int i = 0; i < Math.min(services, NAMESPACES); i++) {
      cluster.put(new Namespace("team-%03d".formatted(i)));
    }
    for (int i = 0; i < services; i++) {
      cluster.put(service(i));
      cluster.put(slice(i, 0));
    }
  }

  private static ObjectKey key(int service, String suffix) {
    return new ObjectKey(
        "team-%03d".formatted(service % NAMESPACES), "service-%05d".formatted(service) + suffix);
  }

  private static boolean isHeadless(int service) {
    return service % 10 == 0;
  }

  private static Service service(int i) {
    return isHeadless(i)
        ? new Service(key(i, ""), Service.Type.HEADLESS, List.of(), PORTS, "")
        : new Service(
            key(i, ""), Service.Type.CLUSTER_IP, List.of(IpAddress.v4(0xac10_0000 + i)), PORTS, "");
  }

  /// The slice of a Service as it is after so many changes: each replaces one address.
  static ClusterObject slice(int i, int changes) {
    var endpoints = IntStream.range(0, ENDPOINTS).mapToObj(e -> endpoint(i, e, changes)).toList();
    return new EndpointSlice(key(i, "-x7k2p"), key(i, "").name(), "", "", endpoints, PORTS);
  }

  private static Endpoint endpoint(int service, int number, int changes) {
    int address = 0x0a00_0000 + (service << 8) + (number + changes) % 250;
    return new Endpoint(
        List.of(IpAddress.v4(address)),
        true,
        isHeadless(service) ? "node-" + number : "",
        "service-%05d-6d4cf56db6-%05d".formatted(service, number + changes),
        "eu-central-1" + (char) ('a' + number % 3));
  }
}
