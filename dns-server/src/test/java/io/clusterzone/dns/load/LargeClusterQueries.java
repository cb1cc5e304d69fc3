package io.clusterzone.dns.load;

import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.xbill.DNS.Type;

/// Queries for the `LargeCluster` of another module's tests, one in ten for a name outside of it.
///
/// @param services how many
/// @param random which of them is asked for
record LargeClusterQueries(int services, RandomGenerator random) implements Supplier<Query> {
  /// The fake API server with such a cluster, a process.
  static final String API = "io.clusterzone.k8s.api.FakeApiProcess";

  private static final int OUTSIDE_NAMES = 50_000;

  LargeClusterQueries(int services) {
    this(services, new Random(1));
  }

  /// What exists changes meanwhile.
  @Override
  public Query get() {
    return random.nextInt(20) == 0
        ? Query.of(reverse(random.nextInt(services)), Type.PTR, Query.ANY, Query.ANY)
        : Query.of(name(random.nextInt(services)), Type.A, Query.ANY, Query.ANY);
  }

  private String name(int i) {
    return switch (random.nextInt(10)) {
      case 0 -> "host-" + random.nextInt(OUTSIDE_NAMES) + ".example.com.";
      case 1 -> "example.com.team-%03d.svc.cluster.local.".formatted(i % 500);
      case 2 -> endpoint(i, 5);
      default -> service(i);
    };
  }

  static String service(int i) {
    return "service-%05d.team-%03d.svc.cluster.local.".formatted(i, i % 500);
  }

  /// The name of an endpoint by the last octet of its address.
  static String endpoint(int i, int octet) {
    return "10-%d-%d-%d.%s".formatted(i >> 8, i & 255, octet, service(i));
  }

  private static String reverse(int i) {
    return "5.%d.%d.10.in-addr.arpa.".formatted(i & 255, i >> 8);
  }
}
