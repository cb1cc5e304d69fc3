package io.clusterzone.k8s.made;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ObjectKey;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The addresses of one range, and their owners. Confined to the source's thread.
///
/// An owner gets the first free address on the way that its name gives ([Probe]). As at the API
/// server (KEP-3070), the lower part of a range is the last to be given: people choose addresses
/// there. An address stays with its owner as long as that is there; when it has gone, until it
/// comes again or the address is needed. Owners that come together must ask in one order: then
/// another one moves those alone whose ways cross its own.
///
/// The cost of an address is about 1/(1 - load) places looked at; of one that is not there, once
/// for each change, every place.
final class AddressPool {
  /// Owners that have gone and are remembered; the oldest are forgotten first.
  private static final int GONE = 10_000;

  /// Places that are looked at in a range larger than this.
  private static final long MAX_LOOKS = 1 << 17;

  private static final long LEAST_LOWER = 16;
  private static final long MOST_LOWER = 256;

  private final AddressRange range;
  private final int limit;
  private final Map<ObjectKey, IpAddress> leases = new HashMap<>();
  private final Map<IpAddress, ObjectKey> owners = new HashMap<>();
  private final Set<ObjectKey> gone = new LinkedHashSet<>();
  private boolean full;

  /// A pool with `limit` owners at the most.
  AddressPool(AddressRange range, int limit) {
    this.range = range;
    this.limit = limit;
  }

  AddressRange range() {
    return range;
  }

  int owners() {
    return leases.size() - gone.size();
  }

  /// Owners that have gone and would be where they were.
  int remembered() {
    return gone.size();
  }

  /// The owner of an address; null for none, or one that has gone.
  @Nullable ObjectKey owner(IpAddress address) {
    @Nullable ObjectKey owner = owners.get(address);
    return owner == null || gone.contains(owner) ? null : owner;
  }

  /// The addresses of owners that are there.
  Stream<IpAddress> addresses() {
    return owners.keySet().stream().filter(address -> owner(address) != null);
  }

  /// Looks at every place again if there is none: something may have become free.
  void retry() {
    full = false;
  }

  /// Takes the address that the owner has had, if it still may.
  boolean renew(ObjectKey owner, Predicate<IpAddress> taken) {
    @Nullable IpAddress lease = leases.get(owner);
    if (lease == null) {
      return false;
    }
    if (taken.test(lease)) {
      forget(owner);
      return false;
    }
    gone.remove(owner);
    return true;
  }

  /// Gives an address; an owner gets the same again. Returns null where none is left.
  ///
  /// @param preferred the index of the address to try first, or -1
  /// @param taken addresses that others have without the pool
  @Nullable IpAddress take(ObjectKey owner, long preferred, Predicate<IpAddress> taken) {
    if (!renew(owner, taken)) {
      @Nullable IpAddress found = full || owners() >= limit ? null : find(owner, preferred, taken);
      if (found == null) {
        full = true;
        return null;
      }
      leases.put(owner, found);
      owners.put(found, owner);
    }
    return leases.get(owner);
  }

  private @Nullable IpAddress find(ObjectKey owner, long preferred, Predicate<IpAddress> taken) {
    if (preferred >= 0 && preferred < range.size() && isFree(range.at(preferred), taken)) {
      return range.at(preferred);
    }
    Probe probe = Probe.of(owner.toString());
    long size = range.size();
    long lower = size <= LEAST_LOWER ? 0 : Math.clamp(size / 16, LEAST_LOWER, MOST_LOWER);
    @Nullable IpAddress found = find(probe, lower, size - lower, taken);
    if (found == null && lower > 0) {
      found = find(probe, 0, lower, taken);
    }
    return found == null ? ofOneGone(taken) : found;
  }

  private @Nullable IpAddress find(Probe probe, long from, long count, Predicate<IpAddress> taken) {
    long at = probe.first(count);
    long step = probe.step(count);
    for (long looks = Math.min(count, MAX_LOOKS); looks > 0; looks--) {
      IpAddress address = range.at(from + at);
      if (isFree(address, taken)) {
        return address;
      }
      at = at < count - step ? at + step : at - (count - step);
    }
    return null;
  }

  private boolean isFree(IpAddress address, Predicate<IpAddress> taken) {
    return !owners.containsKey(address) && !taken.test(address);
  }

  private @Nullable IpAddress ofOneGone(Predicate<IpAddress> taken) {
    for (ObjectKey owner : gone) {
      @Nullable IpAddress address = leases.get(owner);
      if (address != null && !taken.test(address)) {
        forget(owner);
        return address;
      }
    }
    return null;
  }

  /// The owner is not there any more.
  void leave(ObjectKey owner) {
    if (leases.containsKey(owner) && gone.add(owner) && gone.size() > GONE) {
      forget(gone.iterator().next());
    }
  }

  private void forget(ObjectKey owner) {
    gone.remove(owner);
    @Nullable IpAddress lease = leases.remove(owner);
    if (lease != null) {
      owners.remove(lease);
    }
  }
}
