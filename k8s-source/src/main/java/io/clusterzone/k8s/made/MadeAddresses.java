package io.clusterzone.k8s.made;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The made-up addresses of Services or of Pods, in each family that has a range. Confined to the
/// source's thread.
public final class MadeAddresses {
  private final Map<IpFamily, AddressPool> pools = new EnumMap<>(IpFamily.class);
  private final Map<ObjectKey, Long> preferred;

  /// Addresses from at most one range of each family.
  ///
  /// @param limit of owners
  /// @param preferred owners with an address of their own, by its index in the range
  public MadeAddresses(List<AddressRange> ranges, int limit, Map<ObjectKey, Long> preferred) {
    ranges.forEach(range -> pools.put(range.family(), new AddressPool(range, limit)));
    this.preferred = Map.copyOf(preferred);
  }

  /// Begins a change, which may have made addresses free.
  public void retry() {
    pools.values().forEach(AddressPool::retry);
  }

  /// The present owner of a made-up address, or null.
  public @Nullable ObjectKey owner(IpAddress address) {
    @Nullable AddressPool pool = pools.get(IpFamily.of(address));
    return pool == null ? null : pool.owner(address);
  }

  /// Leaves an owner the addresses it has had of these families, and nothing else.
  public void renew(ObjectKey owner, Collection<IpFamily> families, Predicate<IpAddress> taken) {
    pools.forEach((family, pool) -> {
      if (!families.contains(family) || !pool.renew(owner, taken)) {
        pool.leave(owner);
      }
    });
  }

  /// Gives an address of each of these families, or null, and nothing, where one is missing.
  public @Nullable List<IpAddress> take(
      ObjectKey owner, Collection<IpFamily> families, Predicate<IpAddress> taken) {
    List<IpAddress> addresses = new ArrayList<>(families.size());
    for (IpFamily family : families) {
      @Nullable AddressPool pool = pools.get(family);
      @Nullable IpAddress address =
          pool == null ? null : pool.take(owner, preferred.getOrDefault(owner, -1L), taken);
      if (address == null) {
        leave(owner);
        return null;
      }
      addresses.add(address);
    }
    return addresses;
  }

  public void leave(ObjectKey owner) {
    pools.values().forEach(pool -> pool.leave(owner));
  }

  /// All made-up addresses of present owners.
  public Stream<IpAddress> all() {
    return pools.values().stream().flatMap(AddressPool::addresses);
  }

  public int owners() {
    return pools.values().stream().mapToInt(AddressPool::owners).max().orElse(0);
  }

  /// The ranges with addresses in use.
  public List<AddressRange> rangesInUse() {
    return pools.values().stream()
        .filter(pool -> pool.owners() > 0)
        .map(AddressPool::range)
        .toList();
  }

  /// The ranges, as a message names them.
  public String ranges() {
    return pools.values().stream()
        .map(pool -> pool.range().toString())
        .collect(Collectors.joining(","));
  }
}
