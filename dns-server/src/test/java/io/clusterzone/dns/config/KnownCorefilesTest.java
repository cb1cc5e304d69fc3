package io.clusterzone.dns.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.name.Name;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Corefiles as they are found in clusters. Each is read, or refused with every directive that is
/// not there, at once, and none besides.
final class KnownCorefilesTest {
  private static final Map<String, String> NODE =
      Map.of("/etc/resolv.conf", "search example.org\nnameserver 192.0.2.53\noptions ndots:1\n");

  private static final InetSocketAddress NODE_RESOLVER =
      new InetSocketAddress(InetAddress.ofLiteral("192.0.2.53"), 53);

  private static final String KUBEADM =
      """
      .:53 {
          errors
          health {
              lameduck 5s
          }
          ready
          kubernetes cluster.local in-addr.arpa ip6.arpa {
              pods insecure
              fallthrough in-addr.arpa ip6.arpa
              ttl 30
          }
          prometheus :9153
          forward . /etc/resolv.conf {
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

  private static final String K3S =
      """
      .:53 {
          errors
          health
          ready
          kubernetes cluster.local in-addr.arpa ip6.arpa {
            pods insecure
            fallthrough in-addr.arpa ip6.arpa
          }
          hosts /etc/coredns/NodeHosts {
            ttl 60
            reload 15s
            fallthrough
          }
          prometheus :9153
          cache 30
          loop
          reload
          loadbalance
          import /etc/coredns/custom/*.override
          forward . /etc/resolv.conf
      }
      import /etc/coredns/custom/*.server
      """;

  private static final String AKS =
      """
      .:53 {
          errors
          ready
          health {
            lameduck 5s
          }
          kubernetes cluster.local in-addr.arpa ip6.arpa {
            pods insecure
            fallthrough in-addr.arpa ip6.arpa
            ttl 30
          }
          prometheus :9153
          forward . /etc/resolv.conf
          cache 30
          loop
          reload
          loadbalance
          import custom/*.override
          template ANY ANY internal.cloudapp.net {
            match "^(?:[^.]+\\.){4,}internal\\.cloudapp\\.net\\.$"
            rcode NXDOMAIN
            fallthrough
          }
          template ANY ANY reddog.microsoft.com {
            rcode NXDOMAIN
          }
      }
      import custom/*.server
      """;

  private static final String CHART =
      """
      .:53 {
          errors
          health {
              lameduck 10s
          }
          ready
          kubernetes cluster.local in-addr.arpa ip6.arpa {
              pods insecure
              fallthrough in-addr.arpa ip6.arpa
              ttl 30
          }
          prometheus 0.0.0.0:9153
          forward . /etc/resolv.conf
          cache 30
          loop
          reload
          loadbalance
      }
      """;

  @Test
  void readsKubeadmsDefault() {
    ServerBlock block = onlyBlock(Corefiles.valid(KUBEADM, NODE));
    assertThat(block.directives())
        .extracting(directive -> directive.getClass().getSimpleName())
        .containsExactly(
            "Cache",
            "Errors",
            "Forward",
            "Health",
            "Kubernetes",
            "LoadBalance",
            "Loop",
            "Prometheus",
            "Ready",
            "Reload");
    assertThat(block.find(Health.class))
        .isEqualTo(new Health(new InetSocketAddress(8080), Duration.ofSeconds(5)));
    assertThat(block.find(Ready.class)).isEqualTo(Ready.DEFAULT);
    assertThat(block.find(Prometheus.class)).isEqualTo(new Prometheus(new InetSocketAddress(9153)));
    assertThat(block.find(Reload.class)).isEqualTo(Reload.DEFAULT);
    List<Name> cluster = List.of(Name.parse("cluster.local"));
    assertThat(block.find(Cache.class))
        .isEqualTo(
            new Cache(
                List.of(Name.ROOT),
                new Cache.Bounds(9984, 30, 0, cluster),
                new Cache.Bounds(9984, 30, 0, cluster),
                Cache.Prefetch.OFF,
                Cache.Stale.OFF,
                Duration.ofSeconds(5),
                false));
    Forward.Route route = onlyRoute(block);
    assertThat(route.from()).containsExactly(Name.ROOT);
    assertThat(route.upstreams()).containsExactly(new Forward.Upstream(NODE_RESOLVER, false, ""));
    assertThat(route.maxConcurrent()).isEqualTo(1000);
  }

  @Test
  void readsTheCorefileOfK3sWithImportsAndNodeHosts() {
    var files = new HashMap<>(NODE);
    files.put("/etc/coredns/custom/log.override", "log\n");
    files.put("/etc/coredns/custom/stub.server", "stub.example:53 {\n  forward . 192.0.2.54\n}\n");
    Corefile corefile = Corefiles.valid(K3S, files);
    assertThat(corefile.blocks()).hasSize(2);
    ServerBlock first = corefile.blocks().getFirst();
    assertThat(first.has(Log.class)).isTrue();
    Hosts hosts = requireNonNull(first.find(Hosts.class));
    assertThat(hosts.file()).hasToString("/etc/coredns/NodeHosts");
    assertThat(hosts.ttlSeconds()).isEqualTo(60);
    assertThat(hosts.reload()).isEqualTo(Duration.ofSeconds(15));
    assertThat(hosts.fallthrough()).containsExactly(Name.ROOT);
    assertThat(onlyRoute(corefile.blocks().getLast()).upstreams())
        .containsExactly(
            new Forward.Upstream(
                new InetSocketAddress(InetAddress.ofLiteral("192.0.2.54"), 53), false, ""));
  }

  @Test
  void namesAllThatAksNeedsBesides() {
    var files = new HashMap<>(NODE);
    files.put("custom/own.override", "rewrite name a.example b.example\n");
    files.put("custom/own.server", "own.example {\n  file own.db\n  forward . dns.example\n}\n");
    assertThat(Corefiles.problems(AKS, files).lines().map(KnownCorefilesTest::placeAndName))
        .containsExactly(
            "Corefile:19:5: template",
            "Corefile:24:5: template",
            "custom/own.override:1:1: rewrite",
            "custom/own.server:2:3: file",
            "custom/own.server:3:13: forward");
  }

  @Test
  void readsTheCorefileOfTheChart() {
    ServerBlock block = onlyBlock(Corefiles.valid(CHART, NODE));
    assertThat(block.find(Prometheus.class))
        .isEqualTo(new Prometheus(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 9153)));
  }

  private static String placeAndName(String problem) {
    return problem.substring(0, problem.indexOf(": ", problem.indexOf(": ") + 1));
  }

  private static ServerBlock onlyBlock(Corefile corefile) {
    assertThat(corefile.blocks()).hasSize(1);
    return corefile.blocks().getFirst();
  }

  private static Forward.Route onlyRoute(ServerBlock block) {
    Forward forward = requireNonNull(block.find(Forward.class));
    assertThat(forward.routes()).hasSize(1);
    return forward.routes().getFirst();
  }
}
