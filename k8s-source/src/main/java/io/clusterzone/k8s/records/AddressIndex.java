package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ObjectKey;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The Services that may have an address: a hash table with open addressing (Knuth, volume 3,
/// section 6.4, algorithms L and R) from the hash of an address to the Services, eight octets for
/// each place, of which half to three quarters are taken. For the zone writer's thread only.
///
/// Addresses themselves are not kept. Two that have one hash share a place, so a Service found here
/// need not have the address: the caller looks at the Service. A hash stands for each Service as
/// often as it was added.
final class AddressIndex {
  private static final int SMALLEST = 16;
  private static final long SEED = RandomGenerator.getDefault().nextLong();

  private int[] hashes = new int[SMALLEST];

  /// At each place nothing, one Service, or an array of several.
  private @Nullable Object[] services = new @Nullable Object[SMALLEST];

  private int used;

  void add(IpAddress address, ObjectKey service) {
    if (4 * (used + 1) > 3 * services.length) {
      resize(services.length + services.length / 2);
    }
    int hash = hash(address);
    int place = place(hash);
    @Nullable Object there = services[place];
    if (there == null) {
      hashes[place] = hash;
      used++;
    }
    services[place] =
        switch (there) {
          case null -> service;
          case ObjectKey one -> new ObjectKey[] {one, service};
          case ObjectKey[] several -> with(several, service);
          default -> throw new IllegalStateException(there.toString());
        };
  }

  private static ObjectKey[] with(ObjectKey[] several, ObjectKey service) {
    ObjectKey[] more = Arrays.copyOf(several, several.length + 1);
    more[several.length] = service;
    return more;
  }

  /// Takes back one addition.
  void remove(IpAddress address, ObjectKey service) {
    int place = place(hash(address));
    switch (services[place]) {
      case ObjectKey one when one.equals(service) -> free(place);
      case ObjectKey[] several -> services[place] = without(several, service);
      case null, default -> throw new IllegalStateException(service + " has no " + address);
    }
  }

  private static Object without(ObjectKey[] several, ObjectKey service) {
    int index = 0;
    while (!several[index].equals(service)) {
      index++;
    }
    if (several.length == 2) {
      return several[1 - index];
    }
    ObjectKey[] fewer = Arrays.copyOf(several, several.length - 1);
    if (index < fewer.length) {
      fewer[index] = several[fewer.length];
    }
    return fewer;
  }

  /// The Services at the place of the address, some perhaps several times.
  List<ObjectKey> at(IpAddress address) {
    return switch (services[place(hash(address))]) {
      case null -> List.of();
      case ObjectKey one -> List.of(one);
      case ObjectKey[] several -> List.of(several);
      default -> throw new IllegalStateException();
    };
  }

  /// The place where the hash stands or would stand.
  private int place(int hash) {
    int place = home(hash);
    while (services[place] != null && hashes[place] != hash) {
      place = next(place);
    }
    return place;
  }

  private int home(int hash) {
    return (int) ((Integer.toUnsignedLong(hash) * services.length) >>> 32);
  }

  private int next(int place) {
    return place + 1 == services.length ? 0 : place + 1;
  }

  /// Moves back what stands behind a place only because it was taken.
  private void free(int place) {
    int hole = place;
    for (int at = next(hole); services[at] != null; at = next(at)) {
      int home = home(hashes[at]);
      boolean reachable = hole <= at ? (hole < home && home <= at) : (hole < home || home <= at);
      if (!reachable) {
        hashes[hole] = hashes[at];
        services[hole] = services[at];
        hole = at;
      }
    }
    services[hole] = null;
    used--;
    if (4 * used < services.length && services.length > SMALLEST) {
      resize(services.length / 2);
    }
  }

  private void resize(int length) {
    int[] oldHashes = hashes;
    @Nullable Object[] old = services;
    hashes = new int[length];
    services = new @Nullable Object[length];
    for (int i = 0; i < old.length; i++) {
      if (old[i] != null) {
        int place = place(oldHashes[i]);
        hashes[place] = oldHashes[i];
        services[place] = old[i];
      }
    }
  }

  /// Seeded, because tenants choose addresses. All bits of the address count in the highest, which
  /// choose the place (Stafford's mix 13).
  private static int hash(IpAddress address) {
    long mixed = (address.low() ^ SEED) + 0x9e3779b97f4a7c15L * (address.high() + 1);
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return (int) (mixed >>> 32);
  }
}
