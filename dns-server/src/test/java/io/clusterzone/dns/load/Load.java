package io.clusterzone.dns.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Queries over UDP from a thread of its own: so many a second whatever the server does (open
/// loop), or so many at once (closed loop).
///
/// Every server is asked over several sockets, as by several clients. A server that is no longer
/// among those to ask is listened to until it owes no reply.
final class Load implements AutoCloseable {
  private static final int SOCKETS = 8;
  private static final long REST_NANOS = 20_000;
  private static final long LONG_REST_NANOS = 100_000;

  /// Below this rate it looks for replies more seldom, and leaves the processor to others.
  private static final int FAST_PER_SECOND = 2000;

  private static final InetAddress LOCAL = InetAddress.ofLiteral("127.0.0.1");

  /// What was due while this thread stood still is not sent at once: that would measure itself.
  private static final int MOST_OVERDUE = 64;

  private final InetAddress source;
  private final Supplier<Query> queries;
  private final int perSecond;
  private final int window;
  private final Thread thread;
  private final List<Server> servers = new ArrayList<>();
  private volatile List<InetSocketAddress> targets;
  private volatile Tally tally = new Tally();
  private volatile boolean ending;
  private int turn;

  private Load(
      InetAddress source,
      List<InetSocketAddress> targets,
      Supplier<Query> queries,
      int perSecond,
      int window) {
    this.source = source;
    this.targets = targets;
    this.queries = queries;
    this.perSecond = perSecond;
    this.window = window;
    this.thread = Thread.ofPlatform().name("load").unstarted(this::run);
  }

  /// @param queries called by the thread of the load
  static Load open(List<InetSocketAddress> targets, Supplier<Query> queries, int perSecond) {
    return open(LOCAL, targets, queries, perSecond);
  }

  /// @param source the address that it asks from
  static Load open(
      InetAddress source, List<InetSocketAddress> targets, Supplier<Query> queries, int perSecond) {
    return new Load(source, targets, queries, perSecond, Integer.MAX_VALUE).start();
  }

  static Load closed(List<InetSocketAddress> targets, Supplier<Query> queries, int window) {
    return new Load(LOCAL, targets, queries, 0, window).start();
  }

  private Load start() {
    thread.start();
    return this;
  }

  /// Queries sent from now on count there.
  void countIn(Tally next) {
    tally = next;
  }

  /// Queries sent from now on go there; none are sent while there is nobody.
  void ask(List<InetSocketAddress> next) {
    targets = List.copyOf(next);
  }

  private static final class Server {
    private final InetSocketAddress address;
    private final List<Asker> askers = new ArrayList<>();
    private int turn;

    Server(InetAddress source, InetSocketAddress address) throws IOException {
      this.address = address;
      for (int i = 0; i < SOCKETS; i++) {
        askers.add(new Asker(source, address));
      }
    }

    boolean send(Question question) throws IOException {
      turn = (turn + 1) % SOCKETS;
      return askers.get(turn).send(question);
    }

    int receive() throws IOException {
      int replies = 0;
      for (Asker asker : askers) {
        replies += asker.receive();
      }
      return replies;
    }

    int count() {
      return askers.stream().mapToInt(Asker::count).sum();
    }

    void close() throws IOException {
      for (Asker asker : askers) {
        asker.close();
      }
    }
  }

  private void run() {
    try {
      long restNanos = perSecond < FAST_PER_SECOND ? LONG_REST_NANOS : REST_NANOS;
      long begun = System.nanoTime();
      long done = 0;
      while (!ending || waiting() > 0) {
        int due = 0;
        if (!ending) {
          done = Math.max(done, dueSince(begun) - MOST_OVERDUE);
          due = perSecond > 0 ? (int) (dueSince(begun) - done) : window - waiting();
        }
        int sent = send(due);
        done += sent;
        if (receive() == 0 && sent == 0 && perSecond > 0) {
          LockSupport.parkNanos(restNanos);
        }
      }
      for (Server server : servers) {
        server.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long dueSince(long begun) {
    return (System.nanoTime() - begun) * perSecond / TimeUnit.SECONDS.toNanos(1);
  }

  private int send(int due) throws IOException {
    List<InetSocketAddress> now = targets;
    if (now.isEmpty()) {
      return 0;
    }
    for (int i = 0; i < due; i++) {
      turn = (turn + 1) % now.size();
      Tally account = tally;
      if (!server(now.get(turn)).send(queries.get().counted(account))) {
        return i;
      }
      account.sent();
    }
    return due;
  }

  private Server server(InetSocketAddress address) throws IOException {
    for (Server server : servers) {
      if (server.address.equals(address)) {
        return server;
      }
    }
    var server = new Server(source, address);
    servers.add(server);
    return server;
  }

  private int receive() throws IOException {
    int replies = 0;
    for (int i = servers.size() - 1; i >= 0; i--) {
      Server server = servers.get(i);
      replies += server.receive();
      if (server.count() == 0 && !targets.contains(server.address)) {
        server.close();
        servers.remove(i);
      }
    }
    return replies;
  }

  private int waiting() {
    int waiting = 0;
    for (Server server : servers) {
      waiting += server.count();
    }
    return waiting;
  }

  /// Sends no more, and waits until every query has its reply or is lost.
  @Override
  public void close() {
    ending = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
