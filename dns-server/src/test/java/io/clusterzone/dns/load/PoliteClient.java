package io.clusterzone.dns.load;

import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// A client that asks a few hundred times a second: for names of the cluster, names that the cache
/// has, and names that nobody has asked for.
final class PoliteClient implements AutoCloseable {
  private static final InetAddress SOURCE = InetAddress.ofLiteral("127.0.0.3");
  private static final int HOT_NAMES = 10;

  private final Kind cluster;
  private final Kind cached;
  private final Kind forwarded;

  /// The questions of one kind, and their results.
  private record Kind(Load load, Tally tally) {
    static Kind of(ServerPorts ports, Supplier<Query> queries, int perSecond) {
      var load = Load.open(SOURCE, List.of(ports.address()), queries, perSecond);
      var tally = new Tally();
      load.countIn(tally);
      return new Kind(load, tally);
    }
  }

  /// @param series of the [OutsideNames] that nobody else asks for
  PoliteClient(ServerPorts ports, BigCluster names, int series) {
    cluster = Kind.of(ports, names.clusterIps(new Random(2)), 800);
    cached = Kind.of(ports, OutsideNames.all(HOT_NAMES), 100);
    forwarded = Kind.of(ports, OutsideNames.fresh(series), 100);
  }

  /// Ends, and prints what it saw.
  @Override
  public void close() {
    cluster.load().close();
    cached.load().close();
    forwarded.load().close();
    System.out.println("  polite client, cluster names:   " + cluster.tally());
    System.out.println("  polite client, cached names:    " + cached.tally());
    System.out.println("  polite client, forwarded names: " + forwarded.tally());
  }
}
