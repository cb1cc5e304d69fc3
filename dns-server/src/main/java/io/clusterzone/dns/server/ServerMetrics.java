package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.forward.ForwardMetrics;
import io.clusterzone.dns.forward.Forwarding;
import io.clusterzone.dns.forward.WaitingRoom;
import io.clusterzone.dns.forward.cache.CacheMetrics;
import io.clusterzone.dns.forward.cache.ResponseCache;
import io.clusterzone.dns.ops.BuildMetrics;
import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.DnsMetrics;
import io.clusterzone.dns.ops.HealthCounters;
import io.clusterzone.dns.ops.JvmMetrics;
import io.clusterzone.dns.ops.MetricSource;
import io.clusterzone.dns.ops.Metrics;
import io.clusterzone.dns.ops.ProcessMetrics;
import io.clusterzone.dns.ops.ProxyMetrics;
import io.clusterzone.dns.ops.ReloadCounters;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.dns.ops.UpkeepMetrics;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.ops.top.QueryTop;
import io.clusterzone.dns.shadow.ShadowMetrics;
import io.clusterzone.dns.step.AclCounts;
import io.clusterzone.dns.step.AclMetrics;
import io.clusterzone.dns.step.AclStep;
import io.clusterzone.dns.transport.DnsServer;
import io.clusterzone.k8s.thread.LastLook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// All that the process counts, whatever Corefile it serves.
final class ServerMetrics {
  final WaitingRoom room = new WaitingRoom();
  final ForwardMetrics forwards = new ForwardMetrics(room);
  final ProxyMetrics upstreams = new ProxyMetrics();
  final ShadowMetrics shadows = new ShadowMetrics();
  final ApiCounters api = new ApiCounters();
  final ReloadCounters reloads = new ReloadCounters();
  final HealthCounters health = new HealthCounters();
  final QueryTop top;
  private final Counters counters;
  private final Log log;
  private final MetricSource queues;
  private final ProcessMetrics process = new ProcessMetrics();

  /// @param loops the number of event loops
  ServerMetrics(int loops, Counters counters, DnsServer server, Log log) {
    this.counters = counters;
    this.top = new QueryTop(loops, counters::totals);
    this.log = log;
    this.queues = server.kernelQueues();
  }

  /// The content of `/metrics` while a configuration is served.
  Metrics of(Wiring wiring, Listeners listeners) {
    return new Metrics(
        List.of(
            new BuildMetrics(Version.number(), () -> enabled(listeners)),
            new DnsMetrics(counters),
            log,
            queues,
            new AclMetrics(() -> acls(listeners)),
            new CacheMetrics(() -> caches(listeners, wiring.forwardings())),
            forwards,
            upstreams,
            shadows,
            api,
            new KubernetesMetrics(() -> clusters(listeners, wiring.clusters())),
            new ZoneMetrics(() -> zones(listeners, wiring.clusters())),
            wiring.hosts(),
            reloads,
            top,
            new UpkeepMetrics(() -> looks(wiring)),
            health,
            process,
            new JvmMetrics()));
  }

  /// The last look at each source of a configuration that is looked at again and again.
  List<LastLook> looks(Wiring wiring) {
    List<LastLook> looks = wiring.looks();
    LastLook corefile = reloads.looked();
    if (corefile != null && !corefile.interval().isZero()) {
      looks.add(corefile);
    }
    return looks;
  }

  /// Counts these apart from now on, and lets go of all others.
  ///
  /// @param scopes of the queries
  void retain(Wiring wiring, List<Scope> scopes) {
    upstreams.retain(ForwardSettings.addresses(wiring.forwardings().all()));
    shadows.serve(wiring.shadowings().all());
    counters.retain(scopes);
  }

  private static Stream<BuildMetrics.Enabled> enabled(Listeners listeners) {
    return listeners.served().stream()
        .flatMap(served ->
            served.configured().directives().stream()
                .map(directive ->
                    new BuildMetrics.Enabled(served.block().scope(), name(directive))));
  }

  /// The records are named as the directives are.
  private static String name(Directive directive) {
    return directive.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static List<AclCounts> acls(Listeners listeners) {
    return listeners.served().stream()
        .flatMap(served -> served.block().plan().steps().stream())
        .filter(AclStep.class::isInstance)
        .map(step -> ((AclStep) step).counts())
        .distinct()
        .toList();
  }

  /// Each cache once, under the first listener of its server block.
  private static Map<ResponseCache, String> caches(Listeners listeners, Forwardings forwardings) {
    Map<ResponseCache, String> caches = new LinkedHashMap<>();
    for (Listeners.Served served : listeners.served()) {
      Forwarding forwarding = forwardings.of(served.configured());
      ResponseCache cache = forwarding == null ? null : forwarding.cache();
      if (cache != null) {
        caches.putIfAbsent(cache, served.block().scope().server());
      }
    }
    return caches;
  }

  /// Each cluster once, under the first server block that answers from it.
  private static Map<Cluster, Scope> scopes(Listeners listeners, Clusters clusters) {
    Map<Cluster, Scope> scopes = new LinkedHashMap<>();
    for (Listeners.Served served : listeners.served()) {
      Kubernetes kubernetes = served.configured().find(Kubernetes.class);
      Cluster cluster = kubernetes == null ? null : clusters.of(kubernetes);
      if (cluster != null) {
        scopes.putIfAbsent(cluster, served.block().scope());
      }
    }
    return scopes;
  }

  private static List<KubernetesMetrics.Followed> clusters(Listeners listeners, Clusters clusters) {
    return scopes(listeners, clusters).entrySet().stream()
        .map(entry -> followed(entry.getValue(), entry.getKey()))
        .toList();
  }

  private static KubernetesMetrics.Followed followed(Scope scope, Cluster cluster) {
    return new KubernetesMetrics.Followed(scope, cluster.queued(), cluster.source());
  }

  private static List<ZoneMetrics.Published> zones(Listeners listeners, Clusters clusters) {
    return scopes(listeners, clusters).entrySet().stream()
        .map(entry ->
            new ZoneMetrics.Published(entry.getValue(), entry.getKey().table().current().all()))
        .toList();
  }
}
