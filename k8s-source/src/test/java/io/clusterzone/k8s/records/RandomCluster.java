package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterEvent.Put;
import io.clusterzone.k8s.model.ClusterEvent.Remove;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Namespace;
import io.clusterzone.k8s.model.ClusterObject.Pod;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.ClusterObject.ServiceImport;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/// A small cluster in which anything may happen: objects come and go in any order, slices move
/// between Services, addresses are shared, names are odd. It knows what is there now.
final class RandomCluster {
  private static final List<String> NAMESPACES = List.of("shop", "svc", "A");
  private static final List<String> NAMES = List.of("web", "db", "Web", "svc", "*", "pod-1");
  private static final List<String> LABELS = List.of("", "", "web", "db", "svc", "none");
  private static final List<String> HOSTNAMES = List.of("", "", "a", "A", "b", "_tcp", "x.y", "*");
  private static final List<String> ZONES = List.of("", "us-1a", "US-1A", "b", "a.b", "a..b");
  private static final List<String> TARGETS =
      List.of("example.com", "db.shop.svc.cluster.local", "10.0.0.1", "a..b", "");

  private final Random random;
  private final Map<List<Object>, ClusterObject> objects = new LinkedHashMap<>();

  RandomCluster(Random random) {
    this.random = random;
  }

  /// Lets something happen.
  ClusterEvent next() {
    if (random.nextInt(3) == 0 && !objects.isEmpty()) {
      ClusterObject gone = pick(List.copyOf(objects.values()));
      objects.remove(List.of(gone.kind(), gone.key()));
      return new Remove(gone.kind(), gone.key());
    }
    ClusterObject object = object(pick(List.of(Kind.values())));
    objects.put(List.of(object.kind(), object.key()), object);
    return new Put(object);
  }

  /// All that is there, in any order.
  List<ClusterEvent> everything() {
    List<ClusterEvent> puts = new ArrayList<>();
    objects.values().forEach(object -> puts.add(new Put(object)));
    Collections.shuffle(puts, random);
    return puts;
  }

  private ClusterObject object(Kind kind) {
    var key = new ObjectKey(pick(NAMESPACES), pick(NAMES));
    return switch (kind) {
      case NAMESPACE -> new Namespace(pick(NAMESPACES));
      case SERVICE -> service(key);
      case SERVICE_IMPORT ->
          new ServiceImport(
              key,
              random.nextBoolean(),
              random.nextBoolean(),
              some(this::address),
              some(this::port));
      case ENDPOINT_SLICE ->
          new EndpointSlice(
              key,
              pick(LABELS),
              pick(LABELS),
              pick(List.of("west", "east.prod", "")),
              some(this::endpoint),
              some(this::port));
      case POD -> new Pod(key, some(this::address));
    };
  }

  private Service service(ObjectKey key) {
    return switch (pick(List.of(Service.Type.values()))) {
      case CLUSTER_IP ->
          new Service(key, Service.Type.CLUSTER_IP, some(this::address), some(this::port), "");
      case HEADLESS -> new Service(key, Service.Type.HEADLESS, List.of(), some(this::port), "");
      case EXTERNAL_NAME ->
          new Service(key, Service.Type.EXTERNAL_NAME, List.of(), List.of(), pick(TARGETS));
    };
  }

  private Endpoint endpoint() {
    return new Endpoint(
        some(this::address),
        random.nextInt(4) > 0,
        pick(HOSTNAMES),
        pick(List.of("", "pod-1", "pod.node")),
        pick(ZONES));
  }

  private Port port() {
    return new Port(
        pick(List.of("", "http", "dns", "*")),
        pick(List.of("tcp", "udp")),
        pick(List.of(Port.NO_NUMBER, 53, 80)));
  }

  private IpAddress address() {
    int host = random.nextInt(6);
    return random.nextInt(3) == 0
        ? IpAddress.v6(0xfd00L << 48, host)
        : IpAddress.v4(0x0a000000 + host);
  }

  private <T> List<T> some(Supplier<T> one) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(one.get());
    }
    return list;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
