package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.records.Pointer.Reason;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.Rdata;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which names each address leads back to, over all Services. For the zone writer's thread only.
final class PointerIndex {
  private final Map<IpAddress, Set<Pointer>> pointers = new HashMap<>();

  /// Replaces what one Service had by what it has now, and adds the addresses that this touches.
  void replace(
      Collection<Pointer> before, Collection<Pointer> after, Collection<IpAddress> touched) {
    Set<Pointer> gone = Set.copyOf(before);
    Set<Pointer> present = Set.copyOf(after);
    for (Pointer pointer : gone) {
      if (!present.contains(pointer)) {
        pointers.computeIfPresent(pointer.address(), (_, set) -> without(set, pointer));
        touched.add(pointer.address());
      }
    }
    for (Pointer pointer : present) {
      if (!gone.contains(pointer)) {
        pointers.merge(pointer.address(), Set.of(pointer), PointerIndex::union);
        touched.add(pointer.address());
      }
    }
  }

  /// The targets of the address's PTR RRset, sorted: the Service whose cluster IP it is, which
  /// hides all endpoints; otherwise each endpoint name once.
  List<Rdata> targets(IpAddress address) {
    Stream<Name> services = names(address, Reason.CLUSTER_IP).limit(1);
    List<Name> names = services.toList();
    if (names.isEmpty()) {
      names = names(address, Reason.ENDPOINT).toList();
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

  private Stream<Name> names(IpAddress address, Reason reason) {
    return at(address)
        .filter(pointer -> pointer.reason() == reason)
        .map(Pointer::target)
        .distinct()
        .sorted();
  }

  /// Nearly every address has one pointer; such a set is two words.
  private static Set<Pointer> union(Set<Pointer> set, Set<Pointer> more) {
    return Stream.concat(set.stream(), more.stream()).collect(Collectors.toUnmodifiableSet());
  }

  private static @Nullable Set<Pointer> without(Set<Pointer> set, Pointer gone) {
    Set<Pointer> rest =
        set.stream()
            .filter(pointer -> !pointer.equals(gone))
            .collect(Collectors.toUnmodifiableSet());
    return rest.isEmpty() ? null : rest;
  }

  private Stream<Pointer> at(IpAddress address) {
    return pointers.getOrDefault(address, Set.of()).stream();
  }
}
