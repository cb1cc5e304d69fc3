package io.clusterzone.dns.load;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The servers behind a Service as a cluster sees them: each is looked at once in a period, comes
/// in when `/ready` says so, and goes out when it failed to so many times in a row. A thread of its
/// own.
final class ReadyServers implements AutoCloseable {
  private final int failureThreshold;
  private final int periodMillis;
  private final Load load;
  private final List<Watched> all = new CopyOnWriteArrayList<>();
  private final Thread thread;

  ReadyServers(int failureThreshold, int periodMillis, Load load) {
    this.failureThreshold = failureThreshold;
    this.periodMillis = periodMillis;
    this.load = load;
    this.thread = Thread.ofPlatform().name("readiness").daemon().start(this::run);
  }

  private static final class Watched {
    private final ServerProcess server;
    private volatile boolean in;
    private int failures;

    Watched(ServerProcess server) {
      this.server = server;
    }
  }

  void add(ServerProcess server) {
    all.add(new Watched(server));
  }

  /// Whether queries are sent there.
  boolean holds(ServerProcess server) {
    return all.stream().anyMatch(watched -> watched.server == server && watched.in);
  }

  private void run() {
    try {
      while (true) {
        all.forEach(this::look);
        List<InetSocketAddress> targets = new ArrayList<>();
        for (Watched watched : all) {
          if (watched.in) {
            targets.add(watched.server.ports().address());
          }
        }
        load.ask(targets);
        all.removeIf(watched -> !watched.in && !watched.server.isAlive());
        Thread.sleep(periodMillis);
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  private void look(Watched watched) {
    if (watched.server.isReady()) {
      watched.failures = 0;
      watched.in = true;
    } else if (++watched.failures >= failureThreshold) {
      watched.in = false;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
