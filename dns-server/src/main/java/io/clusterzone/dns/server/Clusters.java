package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Bind;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.k8s.api.connect.ApiObserver;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The clusters that a Corefile follows: one for each different directive `kubernetes`. Immutable;
/// made and closed by the thread that changes the server.
final class Clusters {
  static final Clusters NONE = new Clusters(Map.of());

  /// A cluster and what its zones depend on besides its directive.
  ///
  /// @param bound the addresses of each server block that has the directive, empty for all of the
  ///   host: they stand in the zones
  private record Followed(List<List<InetAddress>> bound, Cluster cluster) {}

  private final Map<Kubernetes, Followed> clusters;

  private Clusters(Map<Kubernetes, Followed> clusters) {
    this.clusters = clusters;
  }

  /// One that is there already.
  static Clusters of(Kubernetes kubernetes, Cluster cluster) {
    var one = new Clusters(new LinkedHashMap<>());
    one.clusters.put(kubernetes, new Followed(List.of(), cluster));
    return one;
  }

  /// The clusters of another Corefile: some stay and go on, the others are started.
  ///
  /// @throws Unservable if one cannot be followed the way that its directive says
  Clusters next(Corefile corefile, ApiObserver api) {
    var next = new Clusters(new LinkedHashMap<>());
    try {
      bound(corefile)
          .forEach((kubernetes, bound) ->
              next.clusters.put(kubernetes, follow(kubernetes, bound, corefile, api)));
      return next;
    } catch (Throwable e) {
      next.closeAllBut(this);
      throw e;
    }
  }

  private static Map<Kubernetes, List<List<InetAddress>>> bound(Corefile corefile) {
    Map<Kubernetes, List<List<InetAddress>>> bound = new LinkedHashMap<>();
    for (ServerBlock block : corefile.blocks()) {
      Kubernetes kubernetes = block.find(Kubernetes.class);
      if (kubernetes != null) {
        Bind bind = block.find(Bind.class);
        bound
            .computeIfAbsent(kubernetes, _ -> new ArrayList<>())
            .add(bind == null ? List.of() : bind.addresses());
      }
    }
    return bound;
  }

  private Followed follow(
      Kubernetes kubernetes, List<List<InetAddress>> bound, Corefile corefile, ApiObserver api) {
    Followed running = clusters.get(kubernetes);
    return running != null && running.bound().equals(bound)
        ? running
        : new Followed(
            bound, Cluster.start(kubernetes, OwnAddresses.of(corefile, kubernetes), api));
  }

  /// Waits until each is known, but no longer than its directive says; `first` as in
  /// [Cluster#awaitKnown].
  void awaitKnown(boolean first) throws InterruptedException {
    for (var entry : clusters.entrySet()) {
      entry.getValue().cluster().awaitKnown(entry.getKey(), first);
    }
  }

  @Nullable Cluster of(Kubernetes kubernetes) {
    Followed followed = clusters.get(kubernetes);
    return followed == null ? null : followed.cluster();
  }

  List<Cluster> all() {
    return clusters.values().stream().map(Followed::cluster).toList();
  }

  /// Closes those that are not among the others.
  void closeAllBut(Clusters others) {
    Set<Cluster> kept = new HashSet<>(others.all());
    for (Cluster cluster : all()) {
      if (!kept.contains(cluster)) {
        cluster.close();
      }
    }
  }
}
