package io.clusterzone.dns.doctor;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The replicas of a server, and the way in which each can be asked for the state of its zones. For
/// one thread.
///
/// In this order: the pages `/status` of servers that are named; the metrics of the ready endpoints
/// of `kube-dns`, as far as they can be reached; the serials that addresses answer.
final class Replicas {
  /// Endpoints that are asked, each of which may take seconds where it is not reached.
  private static final int MOST = 32;

  /// Reads the state of each zone of one replica.
  private interface Reader {
    Map<String, SortedSet<String>> read() throws IOException;
  }

  private final Map<String, Reader> readers = new TreeMap<>();
  private final Map<String, String> unread = new TreeMap<>();
  private String unit = "digest";
  private String why = "";

  static Replicas of(Look look) throws InterruptedException {
    var replicas = new Replicas();
    if (!replicas.byStatus(look)) {
      replicas.byEndpoints(look);
    }
    return replicas;
  }

  private boolean byStatus(Look look) {
    for (RunningServer server : look.subjects().servers()) {
      readers.put(server.url(), () -> status(server));
    }
    return readers.size() > 1;
  }

  private static Map<String, SortedSet<String>> status(RunningServer server) throws IOException {
    ServerStatus status = ServerStatus.of(server);
    if (!status.isReached()) {
      throw new IOException(status.problem());
    }
    return status.digests();
  }

  private void byEndpoints(Look look) throws InterruptedException {
    readers.clear();
    KubeDns dns = look.kubeDns();
    List<InetSocketAddress> addresses = new ArrayList<>(look.subjects().addresses());
    Map<String, Reader> metrics = new HashMap<>();
    for (String endpoint : dns.ready().stream().limit(MOST).toList()) {
      InetAddress address = InetAddress.ofLiteral(endpoint);
      var page = new InetSocketAddress(address, look.here().metricsPort());
      metrics.put(endpoint, () -> MetricsPage.digests(page));
      addresses.add(new InetSocketAddress(address, look.here().dnsPort()));
    }
    why = dns.problem().isEmpty() ? dns.ready().size() + " ready endpoints" : dns.problem();
    if (metrics.size() > 1 && metrics.values().stream().allMatch(Replicas::isReadable)) {
      readers.putAll(metrics);
      return;
    }
    unit = "serial";
    Name zone = look.zones().getFirst();
    addresses.forEach(address ->
        readers.put(NetUtil.toSocketAddressString(address), () -> serial(address, zone)));
  }

  private static boolean isReadable(Reader reader) {
    try {
      return !reader.read().isEmpty();
    } catch (IOException _) {
      return false;
    }
  }

  private static Map<String, SortedSet<String>> serial(InetSocketAddress server, Name zone)
      throws IOException {
    var serial = DnsProbe.serial(DnsProbe.udp(server, zone, RRType.SOA));
    if (serial.isEmpty()) {
      throw new IOException("it answers without an SOA of " + zone + ", or not at all");
    }
    return Map.of(zone.toString(), new TreeSet<>(Set.of(Long.toString(serial.getAsLong()))));
  }

  int size() {
    return readers.size();
  }

  /// Why there are no more.
  String why() {
    return why + "; name each with --server, or the cluster with --kubeconfig";
  }

  /// `digest` or `serial`.
  String unit() {
    return unit;
  }

  boolean isByDigest() {
    return unit.equals("digest");
  }

  /// The replicas that could not be read last, and why.
  Map<String, String> unread() {
    return unread;
  }

  /// The replicas by zone and by its state, as they are now.
  Map<String, Map<String, Set<String>>> read() {
    unread.clear();
    Map<String, Map<String, SortedSet<String>>> byReplica = new TreeMap<>();
    readers.forEach((name, reader) -> {
      try {
        byReplica.put(name, reader.read());
      } catch (IOException e) {
        unread.put(name, String.valueOf(e.getMessage()));
      }
    });
    return ReplicaCheck.grouped(byReplica);
  }
}
