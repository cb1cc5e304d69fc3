package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.records.Pointer.Reason;
import io.clusterzone.k8s.records.Subject.ServiceNames;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.Rdata;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which names each address leads back to, over all Services. For the zone writer's thread only.
///
/// It keeps which Services have an address; the names are worked out from what is [Published] of
/// them.
final class PointerIndex {
  private final SchemaOptions options;
  private final Published published;
  private final AddressIndex services = new AddressIndex();

  /// The pointers of the Services of this batch, which are at hand: to work them out again for each
  /// address would look at all endpoints of a large Service for each of them.
  private final Map<ObjectKey, Map<IpAddress, List<Pointer>>> current = new HashMap<>();

  PointerIndex(SchemaOptions options, Published published) {
    this.options = options;
    this.published = published;
  }

  /// Replaces what one Service had by what it has now, and adds the addresses that this touches.
  void replace(
      ObjectKey service,
      Collection<Pointer> before,
      Collection<Pointer> after,
      Collection<IpAddress> touched) {
    current.put(service, after.stream().collect(Collectors.groupingBy(Pointer::address)));
    Set<Pointer> gone = new HashSet<>(before);
    Set<Pointer> present = new HashSet<>(after);
    gone.removeAll(present);
    present.removeAll(new HashSet<>(before));
    Set<IpAddress> old = addresses(before);
    Set<IpAddress> now = addresses(after);
    for (IpAddress address : addresses(gone)) {
      touched.add(address);
      if (!now.contains(address)) {
        services.remove(address, service);
      }
    }
    for (IpAddress address : addresses(present)) {
      touched.add(address);
      if (!old.contains(address)) {
        services.add(address, service);
      }
    }
  }

  /// The batch is written.
  void endBatch() {
    current.clear();
  }

  private static Set<IpAddress> addresses(Collection<Pointer> pointers) {
    return pointers.stream().map(Pointer::address).collect(Collectors.toSet());
  }

  /// The targets of the address's PTR RRset, sorted: the Service whose cluster IP it is, which
  /// hides all endpoints; otherwise each endpoint name once.
  List<Rdata> targets(IpAddress address) {
    List<Pointer> pointers = at(address).toList();
    List<Name> names = names(pointers, Reason.CLUSTER_IP).limit(1).toList();
    if (names.isEmpty()) {
      names = names(pointers, Reason.ENDPOINT).toList();
    }
    return names.stream().<Rdata>map(Rdata.Ptr::new).toList();
  }

  /// The Services that have the address among their ready endpoints.
  Set<ObjectKey> servicesOfEndpoint(IpAddress address) {
    return at(address)
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

  private Stream<Pointer> at(IpAddress address) {
    return services.at(address).stream()
        .distinct()
        .flatMap(service -> pointers(service, address).stream());
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
