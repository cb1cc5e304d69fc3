package io.clusterzone.dns.load;

import io.clusterzone.k8s.api.FakeCluster;
import io.clusterzone.k8s.api.Samples;
import io.clusterzone.k8s.model.Kind;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// A cluster that never comes to rest, and what it must answer. Safe on any thread.
///
/// Half of the Services have a cluster IP that changes; the others are headless, and their slice is
/// scaled, emptied, replaced by another, or taken away with the Service.
final class SoakCluster {
  private static final int SERVICES = 200;
  private static final int MAX_ENDPOINTS = 6;

  private final FakeCluster cluster;
  private final Random random;
  private final State[] states = new State[SERVICES];

  /// What a Service has, and since when. `slice` counts the slices it has had.
  private record State(boolean exists, Set<String> addresses, int slice, long sinceNanos) {}

  SoakCluster(FakeCluster cluster, long seed) {
    this.cluster = cluster;
    this.random = new Random(seed);
    cluster.put(Samples.namespace("shop"));
    for (int i = 0; i < SERVICES; i++) {
      states[i] = new State(false, Set.of(), 0, 0);
      change(i);
    }
  }

  /// A name, and the addresses it must have; none is NXDOMAIN.
  record Expected(int service, Set<String> addresses, long sinceNanos) {
    String name() {
      return SoakCluster.name(service) + ".shop.svc.cluster.local.";
    }
  }

  synchronized Expected any(Random choice) {
    int i = choice.nextInt(SERVICES);
    State state = states[i];
    return new Expected(i, state.addresses, state.sinceNanos);
  }

  /// Whether it has not changed since.
  synchronized boolean holds(Expected expected) {
    return states[expected.service].sinceNanos == expected.sinceNanos;
  }

  synchronized void change() {
    change(random.nextInt(SERVICES));
  }

  private void change(int i) {
    if (i % 2 == 0) {
      changeAddress(i);
    } else {
      changeEndpoints(i);
    }
  }

  private void changeAddress(int i) {
    if (states[i].exists && random.nextInt(10) == 0) {
      cluster.remove(Kind.SERVICE, Samples.key(name(i)));
      know(i, false, Set.of(), 0);
    } else {
      String address = "10.96.%d.%d".formatted(i, 1 + random.nextInt(250));
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
            .mapToObj(_ -> "10.0.%d.%d".formatted(i, 1 + random.nextInt(250)))
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
