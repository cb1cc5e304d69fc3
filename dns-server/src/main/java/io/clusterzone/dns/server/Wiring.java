package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Hosts;
import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.forward.Forwarding;
import io.clusterzone.dns.hosts.HostsFollower;
import io.clusterzone.k8s.thread.LastLook;
import io.clusterzone.zones.name.Name;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The parts that one Corefile needs beside the listeners: clusters and files followed, upstreams
/// asked. Immutable; made and closed by the thread that changes the server.
record Wiring(
    Corefile corefile,
    Clusters clusters,
    HostsFollower hosts,
    Forwardings forwardings,
    Shadowings shadowings) {
  private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

  static Wiring none() {
    return new Wiring(
        new Corefile(List.of()),
        Clusters.NONE,
        new HostsFollower(LOG::warn),
        Forwardings.NONE,
        Shadowings.NONE);
  }

  boolean isNone() {
    return corefile.blocks().isEmpty();
  }

  /// The wiring of another Corefile: equal parts go on, new ones are started.
  ///
  /// @throws Unservable if a cluster cannot be followed, or a certificate cannot be used
  Wiring next(Corefile next, ServerMetrics metrics) {
    Forwardings asked = forwardings.next(corefile, next, metrics.upstreams, metrics.room);
    Shadowings compared = Shadowings.NONE;
    try {
      compared = shadowings.next(next, metrics.shadows);
      Clusters followed = clusters.next(next, metrics.api);
      boolean sameHosts = corefile.all(Hosts.class).toList().equals(next.all(Hosts.class).toList());
      HostsFollower read = sameHosts ? hosts : new HostsFollower(LOG::warn);
      return new Wiring(next, followed, read, asked, compared);
    } catch (Throwable e) {
      asked.allBut(forwardings).forEach(Forwarding::close);
      compared.closeAllBut(shadowings);
      throw e;
    }
  }

  /// The zones of all directives `kubernetes`.
  List<Name> clusterZones() {
    return corefile
        .all(Kubernetes.class)
        .flatMap(kubernetes -> kubernetes.zones().stream())
        .distinct()
        .toList();
  }

  /// The last look at each source that is read again when it changes.
  List<LastLook> looks() {
    List<LastLook> looks = new ArrayList<>(hosts.looks());
    clusters.all().forEach(cluster -> looks.addAll(cluster.source().looks()));
    return looks;
  }

  /// Closes what is not part of the other as well.
  void closeAllBut(Wiring other) {
    clusters.closeAllBut(other.clusters);
    shadowings.closeAllBut(other.shadowings);
    forwardings.allBut(other.forwardings).forEach(gone -> gone.close());
    if (!hosts.equals(other.hosts)) {
      hosts.close();
    }
  }
}
