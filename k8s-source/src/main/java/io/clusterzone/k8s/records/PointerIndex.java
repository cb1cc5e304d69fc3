package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.records.Pointer.Reason;
import io.clusterzone.k8s.records.Subject.ServiceNames;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The names that each address leads back to, over all Services. For the zone writer's thread only.
///
/// It keeps which Services have an address; the names are worked out from the views that were
/// published of them.
final class PointerIndex {
  private final SchemaOptions options;
  private final Map<ServiceNames, ServiceView> published;
  private final AddressIndex services = new AddressIndex();

  /// The pointers of the Services of this batch, which are at hand: to work them out again for each
  /// address would look at all endpoints of a large Service for each of them.
  private final Map<ObjectKey, Map<IpAddress, List<Pointer>>> current = new HashMap<>();

  PointerIndex(SchemaOptions options, Map<ServiceNames, ServiceView> published) {
    this.options = options;
    this.published = published;
  }

  /// Replaces the pointers of one Service, and adds the addresses that this touches.
  void replace(
      ObjectKey service,
      Collection<Pointer> before,
      Collection<Pointer> after,
      Collection<IpAddress> touched) {
    Map<IpAddress, List<Pointer>> old = byAddress(before);
    Map<IpAddress, List<Pointer>> now = byAddress(after);
    current.put(service, now);
    old.forEach((address, pointers) -> {
      List<Pointer> present = now.get(address);
      if (present == null) {
        services.remove(address, service);
      }
      if (present == null || !Set.copyOf(present).equals(Set.copyOf(pointers))) {
        touched.add(address);
      }
    });
    for (IpAddress address : now.keySet()) {
      if (!old.containsKey(address)) {
        services.add(address, service);
        touched.add(address);
      }
    }
  }

  /// The batch is written.
  void endBatch() {
    current.clear();
  }

  private static Map<IpAddress, List<Pointer>> byAddress(Collection<Pointer> pointers) {
    Map<IpAddress, List<Pointer>> byAddress = HashMap.newHashMap(pointers.size());
    for (Pointer pointer : pointers) {
      byAddress.computeIfAbsent(pointer.address(), _ -> new ArrayList<>(1)).add(pointer);
    }
    return byAddress;
  }

  /// The targets of the address's PTR RRset, sorted: the Service whose cluster IP it is, which
  /// hides all endpoints; otherwise each endpoint name once, the first of them if there are more
  /// than fit.
  List<Rdata> targets(IpAddress address) {
    List<Pointer> pointers = at(address);
    if (pointers.size() == 1) {
      return List.of(new Rdata.Ptr(pointers.getFirst().target()));
    }
    List<Name> names = names(pointers, Reason.CLUSTER_IP).limit(1).toList();
    if (names.isEmpty()) {
      names = names(pointers, Reason.ENDPOINT).limit(RRset.MAX_RECORDS).toList();
    }
    return names.stream().<Rdata>map(Rdata.Ptr::new).toList();
  }

  /// The Services that have the address among their ready endpoints.
  Set<ObjectKey> servicesOfEndpoint(IpAddress address) {
    return at(address).stream()
        .filter(pointer -> pointer.reason() == Reason.ENDPOINT)
        .map(Pointer::service)
        .collect(Collectors.toSet());
  }

  private static Stream<Name> names(List<Pointer> pointers, Reason reason) {
    return pointers.stream()
        .filter(pointer -> pointer.reason() == reason)
        .map(Pointer::target)
        .distinct()
        .sorted();
  }

  private List<Pointer> at(IpAddress address) {
    List<ObjectKey> there = services.at(address);
    if (there.size() == 1) {
      return pointers(there.getFirst(), address);
    }
    return there.stream()
        .distinct()
        .flatMap(service -> pointers(service, address).stream())
        .toList();
  }

  private List<Pointer> pointers(ObjectKey service, IpAddress address) {
    Map<IpAddress, List<Pointer>> atHand = current.get(service);
    if (atHand != null) {
      return atHand.getOrDefault(address, List.of());
    }
    ServiceView view = published.get(new ServiceNames(Kind.SERVICE, service));
    return view == null
        ? List.of()
        : new ServiceSchema(view, options.primaryZone(), options).pointers(address);
  }
}
