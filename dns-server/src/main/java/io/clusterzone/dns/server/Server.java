package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Admin;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Debug;
import io.clusterzone.dns.config.Health;
import io.clusterzone.dns.config.Multisocket;
import io.clusterzone.dns.config.Shed;
import io.clusterzone.dns.explain.Explained;
import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.Event;
import io.clusterzone.dns.ops.ReloadCounters;
import io.clusterzone.dns.ops.drain.DrainLimits;
import io.clusterzone.dns.ops.drain.DrainState;
import io.clusterzone.dns.ops.http.AdminServer;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.transport.BindFailure;
import io.clusterzone.dns.transport.DnsServer;
import io.clusterzone.dns.transport.Listener;
import io.clusterzone.dns.transport.TransportOptions;
import io.clusterzone.zones.zone.Zone;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running server: the parts that outlive a change of the configuration, and those of the present
/// one. Started, changed and closed by threads that may wait.
public final class Server implements AutoCloseable {
  /// The time that queries in flight may take once the listeners close. Kubernetes kills the
  /// process 30 s after it asked for the stop.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// The time that the start waits while the host can use none of the addresses, and between looks.
  private static final Duration ADDRESS_PATIENCE = Duration.ofSeconds(30);

  private static final Duration ADDRESS_INTERVAL = Duration.ofMillis(500);

  /// Addresses that are named in one line.
  private static final int MOST_SHOWN = 50;

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final int loops;
  private final Counters counters;
  private final ServerMetrics metrics;
  private final DrainState drain;
  private final AdminPages pages;
  private final Log log;
  private final DnsServer listeners;
  private volatile boolean listening;

  /// Changed under the lock of this.
  private volatile Wiring wiring = Wiring.none();

  /// The present listeners. Changed under the lock of this.
  private Listeners served = Listeners.none();

  private volatile @Nullable Explained explained;

  private Server(int loops, Counters counters, DnsServer listeners, Log log, Admin admin) {
    this.loops = loops;
    this.counters = counters;
    this.listeners = listeners;
    this.log = log;
    this.metrics = new ServerMetrics(loops, counters, listeners, log);
    this.drain = new DrainState(System::nanoTime, this::queries);
    this.pages = new AdminPages(drain, metrics.health, () -> listening, metrics::looks, admin);
  }

  /// Learns the clusters, then listens. There are pages of `admin` only with the directive.
  ///
  /// @param log takes queries and errors; its maker closes it
  /// @throws Unservable if an address cannot be listened on
  public static Server start(Corefile corefile, Log log) throws InterruptedException {
    return start(corefile, log, Admin.OFF);
  }

  /// Learns the clusters, then listens.
  ///
  /// @param log takes queries and errors; its maker closes it
  /// @param admin where the pages of `admin` are without the directive, if that address is free
  /// @throws Unservable if an address cannot be listened on
  public static Server start(Corefile corefile, Log log, Admin admin) throws InterruptedException {
    TransportOptions options = options(corefile);
    var counters = new Counters(options.loops(), List.of());
    Server server;
    try {
      DnsServer listeners = DnsServer.start(options, counters, List.of());
      server = new Server(options.loops(), counters, listeners, log, admin);
    } catch (BindFailure e) {
      throw Unservable.because(String.valueOf(e.getMessage()));
    }
    try {
      server.change(corefile);
      return server;
    } catch (Unservable | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  private static TransportOptions options(Corefile corefile) {
    return TransportOptions.DEFAULTS.withLoops(Multisocket.loops(corefile));
  }

  /// Serves another configuration from now on. Parts that both name go on: sockets, connections,
  /// clusters, caches, questions to upstreams. No query is lost.
  ///
  /// @throws Unservable if it cannot be served; nothing has changed then
  synchronized void change(Corefile corefile) throws InterruptedException {
    Wiring before = wiring;
    Wiring next = before.next(corefile, metrics);
    try {
      serve(before, next);
      wiring = next;
    } catch (Throwable e) {
      next.closeAllBut(before);
      throw e;
    } finally {
      metrics.retain(wiring, served.scopes());
    }
    metrics.room.change(Shed.of(corefile));
    if (options(corefile).loops() != loops) {
      LOG.warn("multisocket: the number of sockets changes at the next start");
    }
    LogOutput.debug(corefile.findFirst(Debug.class) != null);
    metrics.forwards.serve(next.forwardings().all());
    next.shadowings().serve(served.served(), log);
    before.closeAllBut(next);
  }

  private void serve(Wiring before, Wiring next) throws InterruptedException {
    var queried = new Listeners(next.corefile(), new QueryBlocks(next, before), served);
    counters.include(queried.scopes());
    var view = new AdminView(this, next, queried, metrics, counters, metrics.of(next, queried));
    if (before.isNone()) {
      // Tells from the start what it waits for.
      pages.show(next, pages.prepare(view));
    }
    next.clusters().awaitKnown(before.isNone());
    AdminServer.Change prepared = pages.prepare(view);
    try {
      listen(queried.listeners(counters, log, metrics.top, served), before.isNone());
      listening = true;
    } catch (Throwable e) {
      prepared.undo();
      throw e;
    }
    pages.show(next, prepared);
    metrics.top.serve(pages.showsAdmin(next), next.clusterZones());
    served = queried;
    explained = new ExplainedServer(next, queried, listeners);
  }

  /// Listens. At the start, when nothing is served yet, it waits while the host can use none of the
  /// addresses: of a network that is being set up they may come a little later.
  private void listen(List<Listener> wanted, boolean first) throws InterruptedException {
    long endNanos = System.nanoTime() + ADDRESS_PATIENCE.toNanos();
    for (boolean told = false; ; told = true) {
      try {
        listeners.change(wanted);
        return;
      } catch (BindFailure e) {
        if (!first || !e.isMissingAddress() || System.nanoTime() - endNanos >= 0) {
          throw Unservable.because(String.valueOf(e.getMessage()));
        }
        if (!told) {
          LOG.warn("{}; waiting for up to {} s", e.getMessage(), ADDRESS_PATIENCE.toSeconds());
        }
      }
      Thread.sleep(ADDRESS_INTERVAL);
    }
  }

  /// Whether a query that is sent now finds a socket. From any thread.
  boolean listens() {
    return listening;
  }

  Wiring wiring() {
    return wiring;
  }

  /// The present configuration for explanations; null before the first one is served. From any
  /// thread.
  @Nullable Explained explained() {
    return explained;
  }

  /// Whether clusters are followed now. From any thread.
  public boolean followsClusters() {
    return !wiring.clusters().all().isEmpty();
  }

  /// The present versions of all zones of clusters.
  public List<Zone> zones() {
    return wiring.clusters().all().stream()
        .flatMap(cluster -> cluster.table().current().all().stream())
        .toList();
  }

  ServerMetrics metrics() {
    return metrics;
  }

  public ReloadCounters reloads() {
    return metrics.reloads;
  }

  private long queries() {
    return counters.sum(Event.UDP_RECEIVED) + counters.sum(Event.TCP_RECEIVED);
  }

  /// The addresses that it listens on.
  public List<InetSocketAddress> addresses() {
    return listeners.addresses();
  }

  /// The clusters served, and where, in a line for each cluster and one for the listeners.
  public synchronized List<String> describe() {
    List<String> lines = new ArrayList<>();
    wiring.clusters().all().forEach(cluster -> lines.add("serving " + cluster.describe()));
    lines.add("listening on %s over UDP and TCP".formatted(addressText(listeners.addresses())));
    return lines;
  }

  private static String addressText(List<InetSocketAddress> addresses) {
    String first =
        addresses.stream()
            .limit(MOST_SHOWN)
            .map(NetUtil::toSocketAddressString)
            .collect(Collectors.joining(", "));
    int more = addresses.size() - MOST_SHOWN;
    return more > 0 ? "%s and %,d more".formatted(first, more) : first;
  }

  /// Is not ready from now on, and answers until clients have gone elsewhere: for the lameduck time
  /// of the directive `health`, and then until no query comes, within a bound.
  public void drain() throws InterruptedException {
    drain.await(drainLimits());
  }

  private DrainLimits drainLimits() {
    Health health = wiring.corefile().findFirst(Health.class);
    return DrainLimits.ofLameduck(health == null ? Duration.ZERO : health.lameduck());
  }

  /// The longest time that [#drain] and [#close] take together. Never waits.
  public Duration longestStop() {
    return drainLimits().maximum().plus(PATIENCE.multipliedBy(2));
  }

  /// Answers what is in flight, then stops.
  @Override
  public synchronized void close() {
    listeners.stop(PATIENCE);
    pages.close();
    metrics.top.close();
    wiring.closeAllBut(Wiring.none());
  }
}
