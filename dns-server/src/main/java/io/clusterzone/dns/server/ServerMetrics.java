package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.forward.Forwarding;
import io.clusterzone.dns.forward.ShedOptions;
import io.clusterzone.dns.forward.UpstreamGroup;
import io.clusterzone.dns.forward.WaitingRoom;
import io.clusterzone.dns.forward.cache.ResponseCache;
import io.clusterzone.dns.ops.BuildMetrics;
import io.clusterzone.dns.ops.CacheMetrics;
import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.DnsMetrics;
import io.clusterzone.dns.ops.ForwardMetrics;
import io.clusterzone.dns.ops.HealthCounters;
import io.clusterzone.dns.ops.HostsMetrics;
import io.clusterzone.dns.ops.JvmMetrics;
import io.clusterzone.dns.ops.KernelQueueMetrics;
import io.clusterzone.dns.ops.KubernetesMetrics;
import io.clusterzone.dns.ops.Metrics;
import io.clusterzone.dns.ops.ProcessMetrics;
import io.clusterzone.dns.ops.ProxyMetrics;
import io.clusterzone.dns.ops.ReloadCounters;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.dns.ops.UpkeepMetrics;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.step.AclCounts;
import io.clusterzone.dns.step.AclMetrics;
import io.clusterzone.dns.step.AclStep;
import io.clusterzone.dns.transport.DnsServer;
import io.clusterzone.k8s.thread.LastLook;
import io.clusterzone.zones.name.Name;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All that the process counts, whatever Corefile it serves.
final class ServerMetrics {
  final WaitingRoom room = new WaitingRoom(ShedOptions.DEFAULTS);
  final ProxyMetrics upstreams = new ProxyMetrics();
  final ApiCounters api = new ApiCounters();
  final ReloadCounters reloads = new ReloadCounters();
  final HealthCounters health = new HealthCounters();
  private final Counters counters;
  private final Log log;
  private final KernelQueueMetrics queues;
  private final ProcessMetrics process = new ProcessMetrics();
  private final LongAdder allDownBefore = new LongAdder();
  private final LongAdder rejectedBefore = new LongAdder();

  ServerMetrics(Counters counters, DnsServer server, Log log) {
    this.counters = counters;
    this.log = log;
    this.queues =
        new KernelQueueMetrics(
            server::kernelDropped,
            server::kernelLimited,
            server::limitedClients,
            server::kernelQueuedOctets);
  }

  /// What `/metrics` shows while a configuration is served.
  Metrics of(Wiring wiring, Listeners listeners) {
    Collection<Forwarding> forwardings = wiring.forwardings().all();
    return new Metrics(
        List.of(
            new BuildMetrics(Version.number(), "", () -> enabled(listeners)),
            new DnsMetrics(counters),
            log,
            queues,
            new AclMetrics(() -> acls(listeners)),
            new CacheMetrics(() -> caches(listeners, wiring.forwardings())),
            new ForwardMetrics(
                () -> allDownBefore.sum() + sum(forwardings, UpstreamGroup::allDown),
                () -> rejectedBefore.sum() + sum(forwardings, UpstreamGroup::rejected),
                () -> sum(forwardings, UpstreamGroup::waiting),
                room::taken,
                () -> sum(forwardings, UpstreamGroup::looping),
                () -> sum(forwardings, UpstreamGroup::withoutEdns)),
            upstreams,
            api.requests,
            api.programming,
            new KubernetesMetrics(() -> ClusterFigures.of(wiring, listeners), api.visible),
            new HostsMetrics(() -> wiring.hosts().records()),
            reloads,
            new UpkeepMetrics(() -> looks(wiring)),
            health,
            process,
            new JvmMetrics()));
  }

  /// When each source of a configuration was looked at last that is looked at again and again.
  List<LastLook> looks(Wiring wiring) {
    List<LastLook> looks = wiring.looks();
    LastLook corefile = reloads.looked();
    if (corefile != null && !corefile.interval().isZero()) {
      looks.add(corefile);
    }
    return looks;
  }

  /// What has gone goes on being part of the sums.
  void gone(Collection<Forwarding> forwardings) {
    allDownBefore.add(sum(forwardings, UpstreamGroup::allDown));
    rejectedBefore.add(sum(forwardings, UpstreamGroup::rejected));
  }

  /// Tells apart from now on what is served, and lets go of what is not.
  ///
  /// @param scopes of the queries
  void retain(Forwardings forwardings, List<Scope> scopes) {
    upstreams.retain(ForwardSettings.addresses(forwardings.all()));
    counters.retain(scopes);
  }

  private static long sum(Collection<Forwarding> forwardings, ToLongFunction<UpstreamGroup> count) {
    return forwardings.stream()
        .flatMap(forwarding -> forwarding.routes().stream())
        .map(Forwarding.Route::group)
        .distinct()
        .mapToLong(count)
        .sum();
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
  private static List<CacheMetrics.Figures> caches(Listeners listeners, Forwardings forwardings) {
    Map<ResponseCache, CacheMetrics.Figures> caches = new LinkedHashMap<>();
    for (Listeners.Served served : listeners.served()) {
      Forwarding forwarding = forwardings.of(served.configured());
      ResponseCache cache = forwarding == null ? null : forwarding.cache();
      if (cache != null) {
        caches.computeIfAbsent(cache, each -> figures(served.block().scope(), each));
      }
    }
    return List.copyOf(caches.values());
  }

  private static CacheMetrics.Figures figures(Scope scope, ResponseCache cache) {
    return new CacheMetrics.Figures(
        scope.server(),
        cache.options().zones().stream().map(Name::toString).collect(Collectors.joining(",")),
        new CacheMetrics.Part(cache.dataEntries(), cache.dataHits(), cache.dataEvictions()),
        new CacheMetrics.Part(
            cache.negativeEntries(), cache.negativeHits(), cache.negativeEvictions()),
        cache.misses(),
        0,
        cache.staleServed(),
        cache.prefetches());
  }
}
