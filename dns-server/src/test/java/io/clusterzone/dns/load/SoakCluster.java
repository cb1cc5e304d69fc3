package io.clusterzone.dns.load;

import io.clusterzone.k8s.api.FakeCluster;
import io.clusterzone.k8s.api.Samples;
import io.clusterzone.k8s.model.Kind;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.xbill.DNS.Type;

/// A cluster that never comes to rest, and what it must answer. Safe on any thread.
///
/// Half of the Services have a cluster IP that changes; the others are headless, and their slice is
/// scaled, emptied, replaced by another, or taken away with the Service.
final class SoakCluster {
  private static final int SERVICES = 200;
  private static final int MAX_ENDPOINTS = 6;

  /// High enough that versions can go backwards all the time.
  private static final long FIRST_VERSION = 1L << 40;

  private final FakeCluster cluster;
  private final Random random;
  private final State[] states = new State[SERVICES];

  /// The state of a Service, and since when. `slice` counts the slices it has had.
  private record State(boolean exists, Set<String> addresses, int slice, long sinceNanos) {}

  SoakCluster(FakeCluster cluster, long seed) {
    this.cluster = cluster;
    this.random = new Random(seed);
    cluster.restore(FIRST_VERSION);
    cluster.put(Samples.namespace("shop"));
    for (int i = 0; i < SERVICES; i++) {
      states[i] = new State(false, Set.of(), 0, 0);
      change(i);
    }
  }

  /// A question, and what its answer must hold; nothing where the name does not exist or has no
  /// such records.
  ///
  /// @param records addresses, names that addresses have, or ports and hosts
  record Expected(int service, String name, int type, Set<String> records, long sinceNanos) {}

  synchronized Expected any(Random choice) {
    int i = choice.nextInt(SERVICES);
    return switch (choice.nextInt(4)) {
      case 0 -> expected(i, "_http._tcp." + domain(i), Type.SRV, ports(i));
      case 1 -> pointer(i, anyAddress(i, choice));
      case 2 -> endpoint(i, anyAddress(i, choice));
      default -> expected(i, domain(i), Type.A, states[i].addresses);
    };
  }

  private Expected expected(int i, String name, int type, Set<String> records) {
    return new Expected(i, name, type, records, states[i].sinceNanos);
  }

  private Set<String> ports(int i) {
    return states[i].addresses.stream()
        .map(address -> "80 " + host(i, address))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Expected pointer(int i, String address) {
    Set<String> records = has(i, address) ? Set.of(host(i, address)) : Set.of();
    return expected(i, reverse(address), Type.PTR, records);
  }

  /// The name of one endpoint; there is none under a Service with a cluster IP.
  private Expected endpoint(int i, String address) {
    Set<String> records = isHeadless(i) && has(i, address) ? Set.of(address) : Set.of();
    return expected(i, dashed(address) + "." + domain(i), Type.A, records);
  }

  private boolean has(int i, String address) {
    return states[i].addresses.contains(address);
  }

  /// One that the Service has, or may have had.
  private String anyAddress(int i, Random choice) {
    List<String> has = List.copyOf(states[i].addresses);
    return has.isEmpty() || choice.nextInt(4) == 0
        ? address(i, choice)
        : has.get(choice.nextInt(has.size()));
  }

  private static String address(int i, Random random) {
    return "10.%d.%d.%d".formatted(isHeadless(i) ? 0 : 96, i, 1 + random.nextInt(250));
  }

  private static boolean isHeadless(int i) {
    return i % 2 != 0;
  }

  private static String domain(int i) {
    return name(i) + ".shop.svc.cluster.local.";
  }

  /// The name that an address of the Service has.
  private static String host(int i, String address) {
    return isHeadless(i) ? dashed(address) + "." + domain(i) : domain(i);
  }

  private static String dashed(String address) {
    return address.replace('.', '-');
  }

  private static String reverse(String address) {
    List<String> octets = List.of(address.split("\\.", -1));
    return String.join(".", octets.reversed()) + ".in-addr.arpa.";
  }

  /// Whether it has not changed since.
  synchronized boolean holds(Expected expected) {
    return states[expected.service].sinceNanos == expected.sinceNanos;
  }

  synchronized void change() {
    change(random.nextInt(SERVICES));
  }

  private void change(int i) {
    if (isHeadless(i)) {
      changeEndpoints(i);
    } else {
      changeAddress(i);
    }
  }

  private void changeAddress(int i) {
    if (states[i].exists && random.nextInt(10) == 0) {
      cluster.remove(Kind.SERVICE, Samples.key(name(i)));
      know(i, false, Set.of(), 0);
    } else {
      String address = address(i, random);
      cluster.put(Samples.service(name(i), address));
      know(i, true, Set.of(address), 0);
    }
  }

  private void changeEndpoints(int i) {
    State before = states[i];
    if (before.exists && random.nextInt(10) == 0) {
      cluster.remove(Kind.SERVICE, Samples.key(name(i)));
      cluster.remove(Kind.ENDPOINT_SLICE, Samples.key(sliceName(i, before.slice)));
      know(i, false, Set.of(), before.slice);
      return;
    }
    if (!before.exists) {
      cluster.put(Samples.headless(name(i)));
    }
    String[] addresses =
        IntStream.range(0, random.nextInt(MAX_ENDPOINTS + 1))
            .mapToObj(_ -> address(i, random))
            .distinct()
            .toArray(String[]::new);
    int slice = before.slice + random.nextInt(2);
    cluster.put(Samples.slice(name(i), sliceName(i, slice), addresses));
    if (slice != before.slice && before.exists) {
      cluster.remove(Kind.ENDPOINT_SLICE, Samples.key(sliceName(i, before.slice)));
    }
    know(i, true, new TreeSet<>(Set.of(addresses)), slice);
  }

  private void know(int i, boolean exists, Set<String> addresses, int slice) {
    states[i] = new State(exists, addresses, slice, System.nanoTime());
  }

  private static String name(int i) {
    return "s" + i;
  }

  private static String sliceName(int i, int slice) {
    return name(i) + "-" + slice;
  }
}
