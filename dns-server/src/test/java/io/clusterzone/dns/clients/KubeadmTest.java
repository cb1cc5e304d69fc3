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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// A pod whose only name server is Clusterzone with kubeadm's Corefile, on a node whose resolver is
/// unbound: names of the cluster, ExternalName Services, reverse names and the rest of the world.
///
/// Two namespaces, linked as a pod and its node are. The Corefile is kubeadm's but for the cluster,
/// which is read from manifests, and the node's `resolv.conf`, which is not this machine's. The
/// tests are made for what is on the machine. Where `CLUSTERZONE_CLIENTS` is `all`, as in CI, what
/// is missing fails.
final class KubeadmTest {
  private static final boolean ALL = "all".equals(System.getenv("CLUSTERZONE_CLIENTS"));
  private static final Path EXAMPLE = Path.of("../deploy/example").toAbsolutePath().normalize();

  private static final String COREFILE =
      """
      .:53 {
          errors
          health {
             lameduck 5s
          }
          ready
          kubernetes cluster.local in-addr.arpa ip6.arpa {
             manifests EXAMPLE
             pods insecure
             fallthrough in-addr.arpa ip6.arpa
             ttl 30
          }
          prometheus :9153
          forward . DIR/resolv.conf {
             max_concurrent 1000
          }
          cache 30 {
             disable success cluster.local
             disable denial cluster.local
          }
          loop
          reload
          loadbalance
      }
      """;

  /// The world: what is not here does not exist.
  private static final String ZONE =
      """
      $TTL 60
      . SOA ns.example.org. hostmaster.example.org. 1 7200 1800 86400 30
      . NS ns.example.org.
      ns.example.org. A 192.0.2.53
      www.example.org. A 192.0.2.1
      www.example.org. AAAA 2001:db8::1
      v4.example.org. A 192.0.2.4
      alias.example.org. CNAME www.example.org.
      back.example.org. CNAME web.shop.svc.cluster.local.
      a.b.c.d.e.f.example.org. A 192.0.2.6
      api.payments.example. A 192.0.2.80
      1.2.0.192.in-addr.arpa. PTR www.example.org.
      """;

  /// With `ndots:5` a name of fewer dots is tried in three zones of the cluster first.
  private static final String LOOKUPS =
      """
      4:web                            10.96.0.10
      4:web.shop                       10.96.0.10
      4:WEB.Shop.svc                   10.96.0.10
      4:web.shop.svc.cluster.local     10.96.0.10
      4:web.shop.svc.cluster.local.    10.96.0.10
      4:prometheus.monitoring          10.96.0.20
      4:db                             10.244.1.20 10.244.2.20
      6:cart                           fd00:10:96::13
      any:cart                         10.96.0.13 fd00:10:96::13
      4:10-1-2-3.shop.pod              10.1.2.3
      4:nope                           -
      4:nope.shop.svc.cluster.local.   -
      4:frontend                       10.96.0.10
      4:payments                       192.0.2.80
      6:payments                       -
      any:payments.shop                192.0.2.80
      4:www.example.org                192.0.2.1
      4:www.example.org.               192.0.2.1
      6:www.example.org                2001:db8::1
      any:www.example.org              192.0.2.1 2001:db8::1
      any:alias.example.org            192.0.2.1 2001:db8::1
      any:v4.example.org               192.0.2.4
      6:v4.example.org                 -
      4:a.b.c.d.e.f.example.org        192.0.2.6
      4:nope.example.org               -
      4:nope.example.                  -
      ptr:10.96.0.10                   web.shop.svc.cluster.local
      ptr:10.244.2.20                  db-1.db.shop.svc.cluster.local
      ptr:fd00:10:96::13               cart.shop.svc.cluster.local
      ptr:192.0.2.1                    www.example.org
      """;

  /// A command of a tool, and what its output must hold.
  private static final String COMMANDS =
      """
      getent ahostsv4 web => 10.96.0.10
      getent hosts payments => 192.0.2.80, api.payments.example
      getent hosts www.example.org => 2001:db8::1, www.example.org
      getent hosts 192.0.2.1 => 192.0.2.1, www.example.org
      getent hosts 10.96.0.10 => web.shop.svc.cluster.local
      dig web.shop.svc.cluster.local => NOERROR, qr aa rd, 30 IN A 10.96.0.10
      dig www.example.org => NOERROR, flags: qr rd ra, IN A 192.0.2.1
      dig nope.example.org => NXDOMAIN, SOA ns.example.org.
      dig -x 192.0.2.1 => PTR www.example.org.
      dig -x 192.0.2.99 => NXDOMAIN
      dig +search payments => CNAME api.payments.example., A 192.0.2.80
      host www.example.org => has address 192.0.2.1, has IPv6 address 2001:db8::1
      """;

  @TempDir static Path directory;

  private static @Nullable PodNetwork pod;
  private static @Nullable NameServer world;
  private static @Nullable NameServer resolver;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    if (!PodNetwork.possible() || !Programs.present("nsd", "unbound")) {
      return;
    }
    var root = new NameServer.Place("127.0.0.1", 5353, 0);
    List<String> outside = new ArrayList<>(List.of("unshare", "--net", "sh", "-c"));
    outside.addAll(List.of("ip link set lo up && exec \"$@\"", "sh"));
    outside.addAll(NameServer.nsd(directory, root, ZONE));
    world = NameServer.start(outside, directory);

    Files.writeString(directory.resolve("resolv.conf"), "nameserver 10.244.1.1\n");
    String corefile =
        COREFILE.replace("EXAMPLE", EXAMPLE.toString()).replace("DIR", directory.toString());
    Path conf = Files.writeString(directory.resolve("Corefile"), corefile);
    pod = PodNetwork.start(directory, "--conf", conf.toString());
    pod.connect(world.pid());

    var node = new NameServer.Place("10.244.1.1", 53, 0);
    List<String> onNode =
        new ArrayList<>(List.of("nsenter", "--net=/proc/" + world.pid() + "/ns/net"));
    onNode.addAll(NameServer.unbound(directory, node, root));
    resolver = NameServer.start(onNode, directory);
  }

  @AfterAll
  static void stop() {
    if (pod != null) {
      pod.close();
    }
    Stream.of(resolver, world)
        .forEach(server -> {
          if (server != null) {
            server.close();
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> resolversFindTheClusterAndTheWorld() throws Exception {
    PodNetwork network = pod;
    if (network == null) {
      return missing("network namespaces, nsd or unbound");
    }
    List<DynamicTest> tests = new ArrayList<>();
    for (Resolver one : Resolver.ALL) {
      List<String> command = one.prepare(directory);
      if (command.isEmpty()) {
        missing(one.name()).forEach(tests::add);
      } else {
        tests.add(dynamicTest(one.name(), () -> check(network, false, command)));
        if (one.tcp()) {
          tests.add(dynamicTest(one.name() + " over TCP", () -> check(network, true, command)));
        }
      }
    }
    return tests.stream();
  }

  private static void check(PodNetwork network, boolean tcp, List<String> command)
      throws Exception {
    Map<String, String> expected = Lookups.table(LOOKUPS);
    assertThat(Lookups.found(network, tcp, command, expected.keySet())).isEqualTo(expected);
  }

  @TestFactory
  Stream<DynamicTest> toolsPrintTheClusterAndTheWorld() {
    PodNetwork network = pod;
    return network == null
        ? missing("network namespaces, nsd or unbound")
        : COMMANDS.lines().flatMap(row -> commandTest(network, row));
  }

  private static Stream<DynamicTest> commandTest(PodNetwork network, String row) {
    String[] sides = row.split(" *=> ", 2);
    List<String> command = List.of(sides[0].split(" "));
    return Programs.present(command.getFirst())
        ? Stream.of(
            dynamicTest(
                sides[0],
                () ->
                    assertThat(network.run(false, command).out().replaceAll("[ \t]+", " "))
                        .contains(sides[1].split(", "))))
        : missing(command.getFirst());
  }

  private static Stream<DynamicTest> missing(String what) {
    return ALL
        ? Stream.of(dynamicTest(what, () -> fail(what + " missing on this machine")))
        : Stream.empty();
  }
}
