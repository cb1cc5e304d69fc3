package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Bind;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.k8s.api.ApiObserver;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The clusters that a Corefile follows: one for each different directive `kubernetes`. Immutable;
/// made and closed by the thread that changes the server.
final class Clusters {
  static final Clusters NONE = new Clusters(Map.of());

  /// What a cluster's zones depend on.
  ///
  /// @param bound the addresses of each server block that has the directive, empty for all of the
  ///   host: they stand in the zones
  private record Key(Kubernetes kubernetes, List<List<InetAddress>> bound) {
    static Key of(Corefile corefile, Kubernetes kubernetes) {
      List<List<InetAddress>> bound = new ArrayList<>();
      for (ServerBlock block : corefile.blocks()) {
        if (kubernetes.equals(block.find(Kubernetes.class))) {
          Bind bind = block.find(Bind.class);
          bound.add(bind == null ? List.of() : bind.addresses());
        }
      }
      return new Key(kubernetes, List.copyOf(bound));
    }
  }

  private final Map<Key, Cluster> clusters;

  private Clusters(Map<Key, Cluster> clusters) {
    this.clusters = clusters;
  }

  /// The clusters of another Corefile. Those that stay go on, the others are started.
  ///
  /// @throws CommandFailure if one cannot be followed the way that its directive says
  Clusters next(Corefile corefile, ApiObserver api) {
    var next = new Clusters(new LinkedHashMap<>());
    try {
      for (ServerBlock block : corefile.blocks()) {
        Kubernetes kubernetes = block.find(Kubernetes.class);
        if (kubernetes != null) {
          next.clusters.computeIfAbsent(
              Key.of(corefile, kubernetes), key -> follow(key, corefile, api));
        }
      }
      return next;
    } catch (CommandFailure e) {
      next.closeAllBut(this);
      throw e;
    }
  }

  private Cluster follow(Key key, Corefile corefile, ApiObserver api) {
    Cluster running = clusters.get(key);
    return running != null
        ? running
        : Cluster.start(key.kubernetes(), OwnAddresses.of(corefile, key.kubernetes()), api);
  }

  /// Waits until each is known, but no longer than its directive says; `first` as in
  /// [Cluster#awaitKnown].
  void awaitKnown(boolean first) throws InterruptedException {
    for (var entry : clusters.entrySet()) {
      entry.getValue().awaitKnown(entry.getKey().kubernetes(), first);
    }
  }

  @Nullable Cluster of(Kubernetes kubernetes) {
    for (var entry : clusters.entrySet()) {
      if (entry.getKey().kubernetes().equals(kubernetes)) {
        return entry.getValue();
      }
    }
    return null;
  }

  Collection<Cluster> all() {
    return clusters.values();
  }

  /// Closes those that are not among the others.
  void closeAllBut(Clusters others) {
    for (Cluster cluster : clusters.values()) {
      if (!others.clusters.containsValue(cluster)) {
        cluster.close();
      }
    }
  }
}
