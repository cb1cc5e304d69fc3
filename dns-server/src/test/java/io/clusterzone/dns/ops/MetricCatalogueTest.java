package io.clusterzone.dns.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Acl;
import io.clusterzone.dns.config.Cache;
import io.clusterzone.dns.forward.ForwardMetrics;
import io.clusterzone.dns.forward.WaitingRoom;
import io.clusterzone.dns.forward.cache.CacheMetrics;
import io.clusterzone.dns.forward.cache.ResponseCache;
import io.clusterzone.dns.hosts.HostsFollower;
import io.clusterzone.dns.ops.UpstreamCounters.Transport;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.ops.top.QueryTop;
import io.clusterzone.dns.server.ApiCounters;
import io.clusterzone.dns.server.KubernetesMetrics;
import io.clusterzone.dns.server.ZoneMetrics;
import io.clusterzone.dns.shadow.CountedShadows;
import io.clusterzone.dns.step.AclCounts;
import io.clusterzone.dns.step.AclMetrics;
import io.clusterzone.dns.transport.flood.KernelQueueMetrics;
import io.clusterzone.dns.transport.flood.KernelQueues;
import io.clusterzone.dns.transport.flood.LimitedClients;
import io.clusterzone.k8s.api.KindStatus;
import io.clusterzone.k8s.api.snapshot.SnapshotStatus;
import io.clusterzone.k8s.made.MadeCounts;
import io.clusterzone.k8s.thread.LastLook;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.zone.Zone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Dashboards and alerts for CoreDNS are written against names, labels and buckets; these are all
/// of them that a server shows, with every directive in use.
final class MetricCatalogueTest {
  private static final String DURATIONS =
      "0.00025 0.0005 0.001 0.002 0.004 0.008 0.016 0.032 0.064 0.128 0.256 0.512 1.024 2.048 4.096"
          + " 8.192 +Inf";
  private static final String SIZES =
      "0 100 200 300 400 511 1023 2047 4095 8291 16000 32000 48000 64000 +Inf";
  private static final String PROGRAMMING =
      "0.001 0.002 0.004 0.008 0.016 0.032 0.064 0.128 0.256 0.512 1.024 2.048 4.096 8.192 16.384"
          + " 32.768 65.536 131.072 262.144 524.288 +Inf";

  private static final String REST_CLIENT = "0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 2.5 5 10 +Inf";

  /// Name, type, labels in alphabetical order, buckets.
  private static final String CATALOGUE =
      """
      coredns_acl_allowed_requests_total | counter | server view |
      coredns_acl_blocked_requests_total | counter | server view zone |
      coredns_acl_dropped_requests_total | counter | server view zone |
      coredns_acl_filtered_requests_total | counter | server view zone |
      coredns_build_info | gauge | goversion revision version |
      coredns_cache_drops_total | counter | server view zones |
      coredns_cache_entries | gauge | server type view zones |
      coredns_cache_evictions_total | counter | server type view zones |
      coredns_cache_hits_total | counter | server type view zones |
      coredns_cache_misses_total | counter | server view zones |
      coredns_cache_prefetch_total | counter | server view zones |
      coredns_cache_requests_total | counter | server view zones |
      coredns_cache_served_stale_total | counter | server view zones |
      coredns_dns_do_requests_total | counter | server view zone |
      coredns_dns_request_duration_seconds | histogram | server view zone | %1$s
      coredns_dns_request_size_bytes | histogram | proto server view zone | %2$s
      coredns_dns_requests_total | counter | family proto server type view zone |
      coredns_dns_response_size_bytes | histogram | proto server view zone | %2$s
      coredns_dns_responses_total | counter | plugin rcode server view zone |
      coredns_forward_healthcheck_broken_total | counter | |
      coredns_forward_max_concurrent_rejects_total | counter | |
      coredns_health_request_duration_seconds | histogram | | 0.00025 0.0025 0.025 0.25 2.5 +Inf
      coredns_health_request_failures_total | counter | |
      coredns_hosts_entries | gauge | |
      coredns_kubernetes_dns_programming_duration_seconds | histogram | service_kind | %3$s
      coredns_kubernetes_rest_client_request_duration_seconds | histogram | host verb | %4$s
      coredns_kubernetes_rest_client_requests_total | counter | code host method |
      coredns_panics_total | counter | |
      coredns_plugin_enabled | gauge | name server view zone |
      coredns_proxy_conn_cache_hits_total | counter | proto proxy_name to |
      coredns_proxy_conn_cache_misses_total | counter | proto proxy_name to |
      coredns_proxy_healthcheck_failures_total | counter | proxy_name to |
      coredns_proxy_request_duration_seconds | histogram | proxy_name rcode to | %1$s
      coredns_reload_failed_total | counter | |
      coredns_reload_version_info | gauge | hash value |
      process_cpu_seconds_total | counter | |
      process_max_fds | gauge | |
      process_open_fds | gauge | |
      process_resident_memory_bytes | gauge | |
      process_start_time_seconds | gauge | |
      process_virtual_memory_bytes | gauge | |
      """
          .formatted(DURATIONS, SIZES, PROGRAMMING, REST_CLIENT);

  private static final Scope SCOPE = new Scope("dns://:53", "cluster.local.");

  /// A server that has counted everything at least once.
  static String text() {
    Counters counters = new Counters(1, List.of(SCOPE));
    ScopeCounters scope = counters.loop(0).of(SCOPE);
    scope.request(Protocol.UDP, false, 1, true, 50);
    scope.response(Protocol.UDP, 0, Stage.KUBERNETES, 100);
    scope.duration(1000);
    scope.shed(ShedReason.BEHIND);
    ProxyMetrics proxies = new ProxyMetrics();
    UpstreamCounters upstream = proxies.of("192.0.2.1:53");
    upstream.replied(0, 1000);
    upstream.probeFailed();
    upstream.openedConnection(Transport.TCP);
    upstream.reusedConnection(Transport.TLS);
    ReloadCounters reload = new ReloadCounters();
    reload.serves("0123abcd");
    var api = new ApiCounters();
    api.programmed(Duration.ofMillis(3));
    api.visible(Duration.ofMillis(2));
    api.responded("192.0.2.1:443", 200, Duration.ofMillis(7));
    var bounds = new Cache.Bounds(100, 60, 0, List.of());
    var cache =
        new ResponseCache(
            new Cache(
                List.of(Name.ROOT),
                bounds,
                bounds,
                Cache.Prefetch.OFF,
                Cache.Stale.OFF,
                Duration.ZERO,
                false),
            System::nanoTime);
    AclCounts acl = new AclCounts(new Acl(List.of(new Acl.Rule(List.of(Name.ROOT), List.of()))));
    acl.allowed(SCOPE.server());
    return new Metrics(
            List.of(
                new BuildMetrics(
                    "0.1.0", () -> Stream.of(new BuildMetrics.Enabled(SCOPE, "kubernetes"))),
                new DnsMetrics(counters),
                new AclMetrics(() -> List.of(acl)),
                new CacheMetrics(() -> Map.of(cache, SCOPE.server())),
                new ForwardMetrics(new WaitingRoom()),
                new KernelQueueMetrics(new KernelQueues(), new LimitedClients()),
                proxies,
                CountedShadows.metrics(),
                new QueryTop(1, counters::totals),
                new HealthCounters(),
                new HostsFollower(_ -> {}),
                new KubernetesMetrics(() -> List.of(cluster())),
                new ZoneMetrics(() -> List.of(new ZoneMetrics.Published(SCOPE, List.of(zone())))),
                api,
                reload,
                Log.start(new StringBuilder(), 1),
                new UpkeepMetrics(
                    () -> List.of(new LastLook("Corefile", Duration.ofSeconds(30), () -> 0))),
                new ProcessMetrics(),
                new JvmMetrics()))
        .text();
  }

  private static Zone zone() {
    Name apex = Name.parse("cluster.local.");
    return Zone.of(apex, new Rdata.Soa(apex, apex, 1, 7200, 1800, 86400, 5), 5);
  }

  private static KubernetesMetrics.Followed cluster() {
    var kinds = List.of(new KindStatus(io.clusterzone.k8s.model.Kind.SERVICE));
    return new KubernetesMetrics.Followed(
        SCOPE, 1, kinds, new SnapshotStatus(), new MadeCounts(14, 15));
  }

  @Test
  void hasTheNamesLabelsAndBucketsOfCoreDns() {
    Set<String> shown =
        Exposition.parse(text()).entrySet().stream()
            .filter(family -> family.getKey().matches("(coredns|process)_.*"))
            .map(family -> row(family.getKey(), family.getValue()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(String.join("\n", shown)).isEqualTo(CATALOGUE.strip());
  }

  private static String row(String name, Exposition.Family family) {
    Set<String> labels = new TreeSet<>();
    family.samples().forEach(sample -> labels.addAll(sample.labels().keySet()));
    labels.remove("le");
    String buckets =
        family.samples().stream()
            .filter(sample -> sample.name().endsWith("_bucket"))
            .map(sample -> sample.label("le"))
            .collect(Collectors.joining(" "));
    return "%s | %s | %s | %s"
        .formatted(name, family.type(), String.join(" ", labels), buckets)
        .replaceAll(" +", " ")
        .strip();
  }

  @Test
  void allElseCarriesAPrefixOfItsOwn() {
    assertThat(Exposition.parse(text()).keySet())
        .allMatch(name -> name.matches("(coredns|process|jvm|clusterzone)_[a-z_]+"));
  }

  /// Any set of labels has each bucket, and they grow up to the count.
  @Test
  void bucketsAccumulate() {
    Exposition.parse(text()).values().stream()
        .filter(family -> family.type().equals("histogram"))
        .forEach(MetricCatalogueTest::checkBuckets);
  }

  private static void checkBuckets(Exposition.Family family) {
    Map<String, Double> last = new TreeMap<>();
    for (Exposition.Sample sample : family.samples()) {
      Map<String, String> labels = new TreeMap<>(sample.labels());
      labels.remove("le");
      String series = labels.toString();
      if (sample.name().endsWith("_bucket")) {
        assertThat(sample.value()).isGreaterThanOrEqualTo(last.getOrDefault(series, 0.0));
        last.put(series, sample.value());
      } else if (sample.name().endsWith("_count")) {
        assertThat(last).containsEntry(series, sample.value());
      }
    }
  }

  @Test
  void readsTheProcessItself() {
    String text = text();
    for (String name :
        List.of("process_resident_memory_bytes", "process_open_fds", "process_max_fds")) {
      assertThat(Exposition.samples(text, name).getFirst().value()).as(name).isPositive();
    }
    assertThat(Exposition.samples(text, "process_resident_memory_bytes").getFirst().value())
        .isGreaterThan(10e6);
  }
}
