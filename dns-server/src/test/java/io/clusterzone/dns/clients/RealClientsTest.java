package io.clusterzone.dns.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The resolvers and tools that pods have, asking as pods ask: short names, names of other
/// namespaces, whole names, over UDP and TCP.
///
/// The tests are made for what is on the machine. Where `CLUSTERZONE_CLIENTS` is `all`, as in CI,
/// what is missing fails.
final class RealClientsTest {
  private static final boolean ALL = "all".equals(System.getenv("CLUSTERZONE_CLIENTS"));
  private static final Path EXAMPLE = Path.of("../deploy/example").toAbsolutePath().normalize();

  /// More addresses than fit in 512 octets, so that an answer over UDP is truncated.
  private static final int CROWD = 100;

  /// What every resolver is asked, and what it must print.
  private static final String LOOKUPS =
      """
      4:web                             10.96.0.10
      4:web.shop                        10.96.0.10
      4:WEB.Shop.svc                    10.96.0.10
      4:web.shop.svc.cluster.local      10.96.0.10
      4:web.shop.svc.cluster.local.     10.96.0.10
      4:prometheus.monitoring           10.96.0.20
      4:db                              10.244.1.20 10.244.2.20
      4:db-0.db                         10.244.1.20
      4:frontend                        10.96.0.10
      6:cart                            fd00:10:96::13
      6:cache                           fd00:10:244:1::30 fd00:10:244:2::30
      any:cart                          10.96.0.13 fd00:10:96::13
      any:web                           10.96.0.10
      6:web.shop.svc.cluster.local.     -
      4:nope.shop.svc.cluster.local.    -
      4:batch.shop.svc.cluster.local.   -
      4:payments.shop.svc.cluster.local. -
      ptr:10.96.0.10                    web.shop.svc.cluster.local
      ptr:10.244.2.20                   db-1.db.shop.svc.cluster.local
      ptr:fd00:10:96::13                cart.shop.svc.cluster.local
      """;

  /// A command of a tool, and what its output must hold.
  private static final String COMMANDS =
      """
      dig +search +short web                     => 10.96.0.10
      dig +search +short +tcp web                => 10.96.0.10
      dig +search +short prometheus.monitoring   => 10.96.0.20
      dig +short db.shop.svc.cluster.local       => 10.244.1.20, 10.244.2.20
      dig +search +short AAAA cart               => fd00:10:96::13
      dig +search +short SRV _http._tcp.web      => 0 100 80 web.shop.svc.cluster.local.
      dig +search SRV _postgres._tcp.db          => 0 50 5432 db-1.db.shop.svc, 5 IN A 10.244.2.20
      dig +short -x 10.244.2.20                  => db-1.db.shop.svc.cluster.local.
      dig +tcp +short -x fd00:10:96::13          => cart.shop.svc.cluster.local.
      dig +search +short frontend                => web.shop.svc.cluster.local., 10.96.0.10
      dig payments.shop.svc.cluster.local        => NOERROR, CNAME api.payments.example.
      dig nope.shop.svc.cluster.local            => NXDOMAIN, SOA ns.dns.cluster.local., aa
      dig AAAA web.shop.svc.cluster.local        => NOERROR, ANSWER: 0, AUTHORITY: 1
      dig example.com                            => REFUSED
      dig crowd.shop.svc.cluster.local           => ANSWER: 100, (TCP), Truncated
      dig +noedns +ignore crowd.shop.svc.cluster.local => flags: qr aa tc rd
      dig +keepopen +tcp web.shop.svc.cluster.local db-0.db.shop.svc.cluster.local => 10.96.0.10, 10.244.1.20
      kdig +short web.shop.svc.cluster.local     => 10.96.0.10
      kdig +tcp +short web.shop.svc.cluster.local => 10.96.0.10
      kdig +nsid +cookie web.shop.svc.cluster.local => NOERROR, 10.96.0.10
      kdig SRV _http._tcp.web.shop.svc.cluster.local => 0 100 80 web.shop.svc.cluster.local.
      kdig -x 10.96.0.10                         => web.shop.svc.cluster.local.
      kdig nope.shop.svc.cluster.local           => NXDOMAIN
      drill web.shop.svc.cluster.local           => IN A 10.96.0.10
      drill -t web.shop.svc.cluster.local        => IN A 10.96.0.10
      drill SRV _http._tcp.web.shop.svc.cluster.local => 0 100 80 web.shop.svc.cluster.local.
      drill -x 10.96.0.10                        => web.shop.svc.cluster.local.
      drill nope.shop.svc.cluster.local          => NXDOMAIN
      host web                                   => web.shop.svc.cluster.local has address 10.96.0.10
      host -T web                                => web.shop.svc.cluster.local has address 10.96.0.10
      host frontend                              => is an alias for web.shop.svc.cluster.local.
      host cart                                  => has address 10.96.0.13, has IPv6 address fd00:10:96::13
      host -t SRV _http._tcp.web                 => has SRV record 0 100 80 web.shop
      host 10.244.1.20                           => domain name pointer db-0.db.shop.svc.cluster.local.
      host nope.shop.svc.cluster.local.          => not found: 3(NXDOMAIN)
      getent ahostsv4 db                         => 10.244.1.20, 10.244.2.20
      """;

  @TempDir static Path directory;

  private static @Nullable PodNetwork network;

  @BeforeAll
  static void startServer() throws IOException, InterruptedException {
    if (PodNetwork.possible()) {
      Path crowd = Files.writeString(directory.resolve("crowd.yaml"), crowd());
      network =
          PodNetwork.start(
              directory,
              "--listen",
              "127.0.0.1:53",
              "--manifests",
              EXAMPLE.toString(),
              "--manifests",
              crowd.toString());
    }
  }

  @AfterAll
  static void stopServer() {
    if (network != null) {
      network.close();
    }
  }

  private static String crowd() {
    var yaml =
        new StringBuilder(
            """
            apiVersion: v1
            kind: Service
            metadata: {name: crowd, namespace: shop}
            spec: {clusterIP: None, ports: [{name: http, port: 80}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              name: crowd-1
              namespace: shop
              labels: {kubernetes.io/service-name: crowd}
            addressType: IPv4
            ports: [{name: http, port: 80}]
            endpoints:
            """);
    crowdAddresses().forEach(address -> yaml.append("- addresses: [%s]%n".formatted(address)));
    return yaml.toString();
  }

  private static Stream<String> crowdAddresses() {
    return IntStream.range(0, CROWD).mapToObj(i -> "10.245.0." + i).sorted();
  }

  @TestFactory
  Stream<DynamicTest> resolversFindWhatTheExampleServes() throws Exception {
    PodNetwork pod = network;
    if (pod == null) {
      return missing("network namespaces");
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (Resolver resolver : Resolver.ALL) {
      List<String> command = resolver.prepare(directory);
      if (command.isEmpty()) {
        missing(resolver.name()).forEach(tests::add);
      } else {
        tests.add(dynamicTest(resolver.name(), () -> check(pod, resolver, command, false)));
        if (resolver.tcp()) {
          tests.add(
              dynamicTest(
                  resolver.name() + " over TCP", () -> check(pod, resolver, command, true)));
        }
      }
    }
    return tests.stream();
  }

  private static void check(PodNetwork pod, Resolver resolver, List<String> command, boolean tcp)
      throws Exception {
    Map<String, String> expected = Lookups.table(LOOKUPS);
    if (resolver.retriesTruncated()) {
      expected.put("4:crowd", String.join(" ", crowdAddresses().toList()));
    }
    assertThat(Lookups.found(pod, tcp, command, expected.keySet())).isEqualTo(expected);
  }

  @TestFactory
  Stream<DynamicTest> toolsPrintWhatTheExampleServes() {
    PodNetwork pod = network;
    return pod == null
        ? missing("network namespaces")
        : COMMANDS.lines().flatMap(row -> commandTest(pod, row));
  }

  private static Stream<DynamicTest> commandTest(PodNetwork pod, String row) {
    String[] sides = row.split(" *=> ", 2);
    List<String> command = List.of(sides[0].split(" "));
    return Programs.present(command.getFirst())
        ? Stream.of(dynamicTest(sides[0], () -> check(pod, command, sides[1].split(", "))))
        : missing(command.getFirst());
  }

  private static void check(PodNetwork pod, List<String> command, String... parts)
      throws Exception {
    assertThat(pod.run(false, command).out().replaceAll("[ \t]+", " ")).contains(parts);
  }

  private static Stream<DynamicTest> missing(String what) {
    return ALL
        ? Stream.of(dynamicTest(what, () -> fail(what + " is missing on this machine")))
        : Stream.empty();
  }
}
