package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Debug;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.hosts.HostsFollower;
import io.clusterzone.dns.ops.Log;
import io.clusterzone.dns.transport.BindFailure;
import io.clusterzone.dns.transport.DnsServer;
import io.clusterzone.dns.transport.TransportOptions;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything of one configuration, wired and running: clusters, listeners, and what stands between
/// them. Started and closed by threads that may wait.
final class Server implements AutoCloseable {
  /// How long queries that are in flight may take once a stop was asked for. Kubernetes kills the
  /// process after 30 s.
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final List<Cluster> clusters;
  private final HostsFollower hosts;
  private final Log log;
  private final DnsServer listeners;

  private Server(List<Cluster> clusters, HostsFollower hosts, Log log, DnsServer listeners) {
    this.clusters = List.copyOf(clusters);
    this.hosts = hosts;
    this.log = log;
    this.listeners = listeners;
  }

  /// Learns the clusters, then listens.
  ///
  /// @throws CommandFailure if an address cannot be listened on
  static Server start(Corefile corefile) throws InterruptedException {
    if (corefile.blocks().stream().anyMatch(block -> block.has(Debug.class))) {
      LogOutput.debug();
    }
    Map<Kubernetes, Cluster> clusters = new LinkedHashMap<>();
    for (ServerBlock block : corefile.blocks()) {
      Kubernetes kubernetes = block.find(Kubernetes.class);
      if (kubernetes != null) {
        clusters.computeIfAbsent(
            kubernetes, same -> Cluster.start(same, OwnAddresses.of(corefile, same)));
      }
    }
    for (var entry : clusters.entrySet()) {
      entry.getValue().awaitKnown(entry.getKey());
    }
    var hosts = new HostsFollower(LOG::warn);
    Log log = Log.start(System.out, Log.CAPACITY);
    try {
      DnsServer listeners =
          new Listeners(corefile, new QueryBlocks(clusters, hosts))
              .start(TransportOptions.DEFAULTS, log);
      return new Server(List.copyOf(clusters.values()), hosts, log, listeners);
    } catch (BindFailure e) {
      log.close();
      hosts.close();
      clusters.values().forEach(Cluster::close);
      throw CommandFailure.problem(String.valueOf(e.getMessage()));
    }
  }

  /// What is listened on.
  List<InetSocketAddress> addresses() {
    return listeners.addresses();
  }

  /// What is served and where, in a line for each cluster and one for the listeners.
  List<String> describe() {
    List<String> lines = new ArrayList<>();
    clusters.forEach(cluster -> lines.add("serving " + cluster.describe()));
    lines.add(
        listeners.addresses().stream()
            .map(NetUtil::toSocketAddressString)
            .collect(Collectors.joining(", ", "listening on ", " over UDP and TCP")));
    return lines;
  }

  /// Answers what is in flight, then stops.
  @Override
  public void close() {
    listeners.stop(DRAIN);
    clusters.forEach(Cluster::close);
    hosts.close();
    log.close();
  }
}
