package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.config.Shadow;
import io.clusterzone.dns.config.Shed;
import io.clusterzone.dns.explain.Explained;
import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.transport.BindFailure;
import io.clusterzone.dns.transport.DnsServer;
import io.clusterzone.dns.transport.TransportOptions;
import io.clusterzone.k8s.api.KindStatus;
import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.records.ClusterObjects;
import io.clusterzone.k8s.source.ManifestSource;
import io.clusterzone.k8s.source.ProblemListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A server without listeners, for a command that tells what one with this Corefile would answer.
/// It writes no snapshot.
public final class UnheardServer implements AutoCloseable {
  /// The longest wait for a cluster of any size while nothing is wrong.
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Wiring wiring;
  private final DnsServer server;
  private final Explained explained;

  private UnheardServer(Wiring wiring, DnsServer server) {
    this.wiring = wiring;
    this.server = server;
    var listeners =
        new Listeners(wiring.corefile(), new QueryBlocks(wiring, Wiring.none()), Listeners.none());
    this.explained = new ExplainedServer(wiring, listeners, server);
  }

  /// Learns the clusters.
  ///
  /// @throws Unservable if one cannot be learnt
  public static UnheardServer start(Corefile corefile) throws InterruptedException {
    return start(metrics -> {
      metrics.room.change(Shed.of(corefile));
      return Wiring.none().next(withoutEffects(corefile), metrics);
    });
  }

  /// A server that serves the only cluster of another with manifests laid over it ([LaidOver]).
  ///
  /// @param corefile of the other one
  /// @param live its cluster
  /// @param written the directive that stands for the manifests
  /// @param problems gets those of the manifests
  public static UnheardServer laidOver(
      Corefile corefile, ClusterObjects live, Kubernetes written, ProblemListener problems)
      throws InterruptedException {
    Kubernetes kubernetes = Objects.requireNonNull(corefile.findFirst(Kubernetes.class));
    List<ClusterEvent> events = new ArrayList<>();
    Set<IpAddress> made;
    var options = KubernetesSettings.source(written, live.options().kinds());
    try (var source = new ManifestSource(written.manifests(), options, events::addAll, problems)) {
      var _ = source.load();
      made = source.madeAddresses();
    }
    List<ClusterEvent> all = new LaidOver(live, made).events(events);
    Wiring none = Wiring.none();
    return start(_ ->
        new Wiring(
            corefile,
            Clusters.of(kubernetes, Cluster.given(kubernetes, live.options(), all)),
            none.hosts(),
            none.forwardings(),
            none.shadowings()));
  }

  private static UnheardServer start(Function<ServerMetrics, Wiring> wiring)
      throws InterruptedException {
    var counters = new Counters(1, List.of());
    DnsServer server;
    try {
      server = DnsServer.start(TransportOptions.DEFAULTS.withLoops(1), counters, List.of());
    } catch (BindFailure e) {
      throw Unservable.because(String.valueOf(e.getMessage()));
    }
    try {
      return learn(wiring.apply(new ServerMetrics(1, counters, server, Log.none())), server);
    } catch (Throwable e) {
      server.stop(PATIENCE);
      throw e;
    }
  }

  private static UnheardServer learn(Wiring wiring, DnsServer server) throws InterruptedException {
    try {
      for (Kubernetes kubernetes : wiring.corefile().all(Kubernetes.class).distinct().toList()) {
        Cluster cluster = wiring.clusters().of(kubernetes);
        if (cluster != null) {
          learn(cluster, kubernetes.startupTimeout());
        }
      }
      return new UnheardServer(wiring, server);
    } catch (Throwable e) {
      wiring.closeAllBut(Wiring.none());
      throw e;
    }
  }

  /// The same without what is kept, and without what repeats queries elsewhere.
  private static Corefile withoutEffects(Corefile corefile) {
    return new Corefile(
        corefile.blocks().stream()
            .map(block ->
                new ServerBlock(
                    block.keys(),
                    block.directives().stream()
                        .filter(one -> !(one instanceof Shadow))
                        .map(one ->
                            one instanceof Kubernetes cluster ? cluster.withoutSnapshot() : one)
                        .toList()))
            .toList());
  }

  private static void learn(Cluster cluster, Duration patience) throws InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!cluster.awaitSynced(patience)) {
      String problems = problems(cluster);
      if (!problems.isEmpty() || System.nanoTime() - end > 0) {
        throw Unservable.because(
            "the cluster is not known: " + (problems.isEmpty() ? "it took too long" : problems));
      }
    }
  }

  private static String problems(Cluster cluster) {
    return cluster.source().status().stream()
        .filter(kind -> !kind.synced())
        .flatMap(UnheardServer::problems)
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private static Stream<String> problems(KindStatus kind) {
    return kind.problems().stream().map(problem -> kind.plural() + ": " + problem);
  }

  public Explained explained() {
    return explained;
  }

  @Override
  public void close() {
    wiring.closeAllBut(Wiring.none());
    server.stop(PATIENCE);
  }
}
