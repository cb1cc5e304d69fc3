package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.explain.Explained;
import io.clusterzone.dns.explain.ExplainedCluster;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.query.ServerBlock;
import io.clusterzone.dns.transport.DnsServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// One configuration of a server as `explain` sees it: the first listener of the Corefile, and the
/// clusters. Immutable.
final class ExplainedServer implements Explained {
  private final String listener;
  private final List<ServerBlock> blocks;
  private final List<ExplainedCluster> clusters;
  private final DnsServer server;

  ExplainedServer(Wiring wiring, Listeners listeners, DnsServer server) {
    List<ServerBlock> all = listeners.served().stream().map(Listeners.Served::block).toList();
    this.listener = all.isEmpty() ? "" : all.getFirst().scope().server();
    this.blocks = all.stream().filter(block -> block.scope().server().equals(listener)).toList();
    this.clusters = clusters(wiring);
    this.server = server;
  }

  private static List<ExplainedCluster> clusters(Wiring wiring) {
    Map<Cluster, ExplainedCluster> clusters = new LinkedHashMap<>();
    wiring
        .corefile()
        .all(Kubernetes.class)
        .forEach(kubernetes -> {
          Cluster cluster = wiring.clusters().of(kubernetes);
          if (cluster != null) {
            clusters.putIfAbsent(cluster, new ServedCluster(cluster, kubernetes));
          }
        });
    return new ArrayList<>(clusters.values());
  }

  @Override
  public List<ServerBlock> blocks() {
    return blocks;
  }

  @Override
  public String listener() {
    return listener;
  }

  @Override
  public List<ExplainedCluster> clusters() {
    return clusters;
  }

  @Override
  public void onLoop(Consumer<LoopChannels> task) {
    server.onLoop(task);
  }
}
