package io.clusterzone.dns.config.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Cache;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Forward;
import io.clusterzone.dns.config.Health;
import io.clusterzone.dns.config.Hosts;
import io.clusterzone.dns.config.Log;
import io.clusterzone.dns.config.Prometheus;
import io.clusterzone.dns.config.Ready;
import io.clusterzone.dns.config.Reload;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.zones.name.Name;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Corefiles as they are found in clusters: those that installers, cloud providers and small
/// distributions bring along, and what their users add. They stand in the directory `corefiles`.
final class KnownCorefilesTest {
  private static final Map<String, String> FILES =
      Map.of(
          "/etc/resolv.conf",
          "search example.org\nnameserver 192.0.2.53\noptions ndots:1\n",
          "/etc/coredns/custom/log.override",
          "log\n",
          "/etc/coredns/custom/stub.server",
          "stub.example:53 {\n  forward . 192.0.2.54\n}\n",
          "/etc/coredns/other/stub.server",
          "corp.example:53 {\n  errors\n  cache 30\n  forward . 192.0.2.60 192.0.2.61\n}\n",
          "/etc/coredns/other/names.override",
          "rewrite name old.example new.example\nlog\n",
          "custom/own.override",
          "rewrite name a.example b.example\n",
          "custom/own.server",
          "own.example {\n  file own.db\n  forward . dns.example\n}\n");

  private static final InetSocketAddress NODE_RESOLVER =
      new InetSocketAddress(InetAddress.ofLiteral("192.0.2.53"), 53);

  private static String corefile(String name) {
    try (var in = KnownCorefilesTest.class.getResourceAsStream("corefiles/" + name)) {
      return new String(requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Arguments> corefiles() {
    return List.of(
        row("kubeadm"),
        row("chart"),
        row("eks"),
        row("kind"),
        row("microk8s"),
        row("k3s"),
        row("stub-domains"),
        row("node-cache"),
        row("custom-override", "/etc/coredns/other/names.override:1:1: rewrite"),
        row(
            "aks",
            "Corefile:19:5: template",
            "Corefile:24:5: template",
            "custom/own.override:1:1: rewrite",
            "custom/own.server:2:3: file",
            "custom/own.server:3:13: forward"),
        row(
            "additions",
            "Corefile:4:5: rewrite",
            "Corefile:5:5: template",
            "Corefile:8:5: autopath",
            "Corefile:14:9: kubernetes resyncperiod",
            "Corefile:15:9: kubernetes upstream",
            "Corefile:17:5: k8s_external",
            "Corefile:18:5: file",
            "Corefile:19:5: dns64",
            "Corefile:20:15: forward"));
  }

  private static Arguments row(String name, String... refused) {
    return Arguments.of(name, List.of(refused));
  }

  /// Each is read, or refused with the place and the name of everything that is not there, at once,
  /// and nothing besides.
  @ParameterizedTest
  @MethodSource("corefiles")
  void areReadOrRefusedWithAllThatIsNotThere(String name, List<String> refused) {
    assertThat(Corefiles.problems(corefile(name), FILES).lines().map(line -> placeAndName(line)))
        .containsExactlyElementsOf(refused);
  }

  private static String placeAndName(String problem) {
    return problem.substring(0, problem.indexOf(": ", problem.indexOf(": ") + 1));
  }

  @Test
  void kubeadmsDefaultMeansWhatItDoesInCoreDns() {
    ServerBlock block = onlyBlock(Corefiles.valid(corefile("kubeadm"), FILES));
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
  void k3sHasNodeHostsAndWhatItsUsersImport() {
    Corefile corefile = Corefiles.valid(corefile("k3s"), FILES);
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
  void theChartMeasuresAtAllAddresses() {
    ServerBlock block = onlyBlock(Corefiles.valid(corefile("chart"), FILES));
    assertThat(block.find(Prometheus.class))
        .isEqualTo(new Prometheus(new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 9153)));
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
