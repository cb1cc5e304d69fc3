package io.clusterzone.dns.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Admin;
import io.clusterzone.dns.config.Bufsize;
import io.clusterzone.dns.config.Cache;
import io.clusterzone.dns.config.Chaos;
import io.clusterzone.dns.config.Errors;
import io.clusterzone.dns.config.Forward;
import io.clusterzone.dns.config.Health;
import io.clusterzone.dns.config.Hosts;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.Kubernetes.ApiServer;
import io.clusterzone.dns.config.Kubernetes.Pods;
import io.clusterzone.dns.config.LoadBalance;
import io.clusterzone.dns.config.Log;
import io.clusterzone.dns.config.Log.ResponseClass;
import io.clusterzone.dns.config.Multisocket;
import io.clusterzone.dns.config.Nsid;
import io.clusterzone.dns.config.Pprof;
import io.clusterzone.dns.config.Prometheus;
import io.clusterzone.dns.config.Ready;
import io.clusterzone.dns.config.Reload;
import io.clusterzone.dns.config.Shadow;
import io.clusterzone.dns.config.Shed;
import io.clusterzone.dns.config.Timeouts;
import io.clusterzone.dns.config.read.KubernetesOptions;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.text.LabelSelector;
import io.clusterzone.zones.name.Name;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Pins every default: what a directive means that says nothing but its name.
final class DefaultsTest {
  @Test
  void kubernetes() {
    assertThat(Corefiles.directive("kubernetes {\n manifests m\n}", Kubernetes.class))
        .isEqualTo(
            new Kubernetes(
                List.of(Name.parse("example.org")),
                List.of(Path.of("m")),
                MadeOptions.NONE,
                Pods.DISABLED,
                5,
                List.of(),
                false,
                false,
                false,
                false,
                List.of(),
                List.of(),
                LabelSelector.EVERYTHING,
                LabelSelector.EVERYTHING,
                Kubernetes.Endpoints.ALL,
                null,
                Duration.ofSeconds(5),
                new ApiServer("", "", "", "", "", "", 0, 0, 0)))
        .isEqualTo(
            KubernetesOptions.ofManifests(
                List.of(Name.parse("example.org")), List.of(Path.of("m")), MadeOptions.NONE));
    assertThat(ApiServer.IN_CLUSTER).isEqualTo(new ApiServer("", "", "", "", "", "", 0, 0, 0));
  }

  @Test
  void bufsize() {
    assertThat(Corefiles.directive("bufsize", Bufsize.class))
        .isEqualTo(new Bufsize(1232))
        .isEqualTo(Bufsize.DEFAULT);
  }

  @Test
  void cache() {
    assertThat(Corefiles.directive("cache", Cache.class))
        .isEqualTo(
            new Cache(
                List.of(Name.parse("example.org")),
                new Cache.Bounds(9984, 3600, 0, List.of()),
                new Cache.Bounds(9984, 1800, 0, List.of()),
                new Cache.Prefetch(0, Duration.ofMinutes(1), 10),
                new Cache.Stale(
                    Duration.ZERO, false, Duration.ZERO, 30, Duration.ofSeconds(5), false),
                Duration.ofSeconds(5),
                false));
    assertThat(Cache.Prefetch.OFF.isOff()).isTrue();
    assertThat(Cache.Stale.OFF.isOff()).isTrue();
  }

  @Test
  void chaos() {
    assertThat(Corefiles.directive("chaos", Chaos.class))
        .isEqualTo(new Chaos("", List.of()))
        .isEqualTo(Chaos.DEFAULT);
  }

  @Test
  void errors() {
    assertThat(Corefiles.directive("errors", Errors.class))
        .isEqualTo(new Errors(false, List.of()))
        .isEqualTo(Errors.DEFAULT);
    assertThat(
            Corefiles.directive("errors {\n consolidate 5m x\n}", Errors.class)
                .consolidations()
                .getFirst()
                .level())
        .isEqualTo(Errors.Level.ERROR);
  }

  @Test
  void forward() {
    var upstream = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 53);
    assertThat(Corefiles.directive("forward . 192.0.2.1", Forward.class).routes())
        .containsExactly(
            new Forward.Route(
                List.of(Name.ROOT),
                List.of("192.0.2.1"),
                List.of(new Forward.Upstream(upstream, false, "")),
                List.of(),
                Forward.Policy.RANDOM,
                Forward.Transport.AS_CLIENT,
                Forward.Tls.DEFAULT,
                new Forward.Connections(
                    Duration.ofSeconds(10), Duration.ZERO, 0, Duration.ofSeconds(2), null),
                new Forward.Health(2, Duration.ofMillis(500), true, Name.ROOT, 0, false),
                4096,
                Set.of(),
                Set.of(),
                false));
  }

  @Test
  void health() {
    assertThat(Corefiles.directive("health", Health.class))
        .isEqualTo(new Health(new InetSocketAddress(8080), Duration.ZERO))
        .isEqualTo(Health.DEFAULT);
  }

  @Test
  void hosts() {
    assertThat(Corefiles.directive("hosts", Hosts.class))
        .isEqualTo(
            new Hosts(
                Path.of("/etc/hosts"),
                List.of(Name.parse("example.org")),
                List.of(),
                3600,
                true,
                Duration.ofSeconds(5),
                List.of(),
                false));
  }

  @Test
  void loadbalance() {
    assertThat(Corefiles.directive("loadbalance", LoadBalance.class))
        .isEqualTo(new LoadBalance(LoadBalance.Policy.ROUND_ROBIN))
        .isEqualTo(LoadBalance.DEFAULT);
  }

  @Test
  void log() {
    String common =
        "{remote}:{port} - {>id} \"{type} {class} {name} {proto} {size} {>do} {>bufsize}\" {rcode}"
            + " {>rflags} {rsize} {duration}";
    assertThat(Corefiles.directive("log", Log.class))
        .isEqualTo(
            new Log(List.of(new Log.Rule(Name.ROOT, common, EnumSet.allOf(ResponseClass.class)))))
        .isEqualTo(Log.DEFAULT);
  }

  @Test
  void shed() {
    assertThat(Corefiles.directive("shed", Shed.class))
        .isEqualTo(new Shed(0, 0, Shed.Reply.SERVFAIL))
        .isEqualTo(Shed.DEFAULT);
    assertThat(Shed.DEFAULT_WAITING).isEqualTo(4096);
  }

  @Test
  void multisocket() {
    assertThat(Corefiles.directive("multisocket", Multisocket.class))
        .isEqualTo(new Multisocket(0))
        .isEqualTo(Multisocket.DEFAULT);
  }

  @Test
  void nsid() {
    assertThat(Corefiles.directive("nsid", Nsid.class))
        .isEqualTo(new Nsid(""))
        .isEqualTo(Nsid.DEFAULT);
  }

  @Test
  void admin() {
    assertThat(Corefiles.directive("admin", Admin.class))
        .isEqualTo(new Admin(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9154)))
        .isEqualTo(Admin.DEFAULT);
  }

  @Test
  void shadow() {
    assertThat(Corefiles.directive("shadow 192.0.2.53", Shadow.class))
        .isEqualTo(
            new Shadow(
                List.of(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.53"), 53)),
                10_000,
                Shadow.Queries.ZONES,
                256,
                Duration.ofSeconds(2),
                100));
  }

  @Test
  void pprof() {
    assertThat(Corefiles.directive("pprof", Pprof.class))
        .isEqualTo(new Pprof(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 6053)))
        .isEqualTo(Pprof.DEFAULT);
  }

  @Test
  void prometheus() {
    assertThat(Corefiles.directive("prometheus", Prometheus.class))
        .isEqualTo(new Prometheus(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9153)))
        .isEqualTo(Prometheus.DEFAULT);
  }

  @Test
  void ready() {
    assertThat(Corefiles.directive("ready", Ready.class))
        .isEqualTo(new Ready(new InetSocketAddress(8181), Ready.Monitor.UNTIL_READY))
        .isEqualTo(Ready.DEFAULT);
  }

  @Test
  void reload() {
    assertThat(Corefiles.directive("reload", Reload.class))
        .isEqualTo(new Reload(Duration.ofSeconds(30), Duration.ofSeconds(15), null))
        .isEqualTo(Reload.DEFAULT);
  }

  @Test
  void timeouts() {
    assertThat(Timeouts.DEFAULT)
        .isEqualTo(
            new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(10), 0));
  }

  @Test
  void port() {
    assertThat(ParseOptions.ofProcess().defaultPort()).isEqualTo(53);
  }
}
