package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Admin;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Health;
import io.clusterzone.dns.config.Pprof;
import io.clusterzone.dns.config.Prometheus;
import io.clusterzone.dns.config.Ready;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.ops.HealthCounters;
import io.clusterzone.dns.ops.diagnose.FlightRecordings;
import io.clusterzone.dns.ops.drain.DrainState;
import io.clusterzone.dns.ops.drain.Readiness;
import io.clusterzone.dns.ops.http.AdminServer;
import io.clusterzone.dns.ops.http.DiagnosticPages;
import io.clusterzone.dns.ops.http.Endpoint;
import io.clusterzone.dns.ops.http.HealthProbe;
import io.clusterzone.dns.ops.http.HttpBindFailure;
import io.clusterzone.k8s.thread.LastLook;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The pages of the directives `health`, `ready`, `prometheus`, `pprof` and `admin`. Changed and
/// closed by one thread at a time.
final class AdminPages implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdminPages.class);

  private final AdminServer server = new AdminServer();
  private final AdminApi api = new AdminApi();
  private final DrainState drain;
  private final HealthCounters health;
  private final BooleanSupplier listening;
  private final Function<Wiring, List<LastLook>> looks;
  private final FlightRecordings recordings = new FlightRecordings();

  /// Where the pages of `admin` are without the directive.
  private final Admin implied;

  /// Whether it was told that they cannot be there.
  private boolean told;

  private @Nullable InetSocketAddress probed;
  private @Nullable HealthProbe probe;

  /// @param listening whether a query that is sent now finds a socket
  /// @param looks when each source of a configuration was looked at last
  /// @param implied where the pages of `admin` are without the directive, if that address is free
  AdminPages(
      DrainState drain,
      HealthCounters health,
      BooleanSupplier listening,
      Function<Wiring, List<LastLook>> looks,
      Admin implied) {
    this.implied = implied;
    this.looks = looks;
    this.drain = drain;
    this.health = health;
    this.listening = listening;
  }

  /// Opens what a configuration needs; nothing that is shown changes yet.
  ///
  /// @throws Unservable if an address cannot be listened on; nothing has changed then
  AdminServer.Change prepare(AdminView view) {
    List<Endpoint> named = endpoints(view);
    InetSocketAddress other = implied.address();
    boolean isNamed = view.wiring().corefile().findFirst(Admin.class) != null;
    try {
      if (!isNamed && other != null) {
        return prepare(named, api.at(other, view), other);
      }
      return server.prepare(named);
    } catch (HttpBindFailure e) {
      throw Unservable.because(String.valueOf(e.getMessage()));
    }
  }

  /// Opens an address that nobody has named too, if it is free.
  private AdminServer.Change prepare(
      List<Endpoint> named, List<Endpoint> more, InetSocketAddress other) throws HttpBindFailure {
    List<Endpoint> all = new ArrayList<>(named);
    all.addAll(more);
    try {
      return server.prepare(all);
    } catch (HttpBindFailure e) {
      if (!e.address().equals(other)) {
        throw e;
      }
      if (!told) {
        LOG.warn(
            "{}; there are no admin pages, all else is served (name another address with the"
                + " directive admin, or turn them off with: admin off)",
            e.getMessage());
      }
      told = true;
      return server.prepare(named);
    }
  }

  /// Shows the pages of a configuration from now on, given the change prepared for it.
  void show(Wiring wiring, AdminServer.Change prepared) {
    prepared.apply();
    Health directive = wiring.corefile().findFirst(Health.class);
    probe(directive == null ? null : directive.address());
  }

  /// Whether a configuration has pages of `admin`, or would have them if their address were free.
  boolean showsAdmin(Wiring wiring) {
    Admin first = wiring.corefile().findFirst(Admin.class);
    return first == null
        ? implied.address() != null
        : wiring.corefile().all(Admin.class).anyMatch(admin -> admin.address() != null);
  }

  private List<Endpoint> endpoints(AdminView view) {
    Wiring wiring = view.wiring();
    Corefile corefile = wiring.corefile();
    List<Endpoint> endpoints = new ArrayList<>();
    for (ServerBlock block : corefile.blocks()) {
      Health alive = block.find(Health.class);
      if (alive != null) {
        endpoints.add(Endpoint.health(alive.address()));
      }
      Ready ready = block.find(Ready.class);
      if (ready != null) {
        endpoints.add(Endpoint.ready(ready.address(), readiness(wiring, ready)));
      }
      Prometheus prometheus = block.find(Prometheus.class);
      if (prometheus != null) {
        endpoints.add(Endpoint.metrics(prometheus.address(), view.shown()));
      }
      Pprof pprof = block.find(Pprof.class);
      if (pprof != null) {
        endpoints.addAll(DiagnosticPages.at(pprof.address(), recordings));
      }
      Admin admin = block.find(Admin.class);
      InetSocketAddress address = admin == null ? null : admin.address();
      if (address != null) {
        endpoints.addAll(api.at(address, view));
      }
    }
    return endpoints;
  }

  private Readiness readiness(Wiring wiring, Ready ready) {
    Collection<Cluster> clusters = wiring.clusters().all();
    List<Readiness.Part> parts = new ArrayList<>();
    for (Cluster cluster : clusters) {
      parts.add(
          new Readiness.Part(
              "kubernetes", cluster::known, ClusterRemarks.of(cluster, clusters.size() > 1)));
    }
    parts.add(new Readiness.Part("listeners", listening));
    parts.add(new Readiness.Part("reload", () -> true, () -> lateLooks(wiring)));
    return new Readiness(parts, ready.monitor() == Ready.Monitor.CONTINUOUSLY, drain);
  }

  /// The sources whose last look is overdue: they are served as they were then.
  private List<String> lateLooks(Wiring wiring) {
    return looks.apply(wiring).stream().filter(LastLook::isLate).map(LastLook::remark).toList();
  }

  private void probe(@Nullable InetSocketAddress address) {
    if (address != null && address.equals(probed)) {
      return;
    }
    if (probe != null) {
      probe.close();
    }
    probe = address == null ? null : HealthProbe.start(address, health);
    probed = address;
  }

  @Override
  public void close() {
    probe(null);
    server.close();
  }
}
