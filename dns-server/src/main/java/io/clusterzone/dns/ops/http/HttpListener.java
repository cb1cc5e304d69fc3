package io.clusterzone.dns.ops.http;

import io.clusterzone.k8s.thread.SteadyThread;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens on one address and answers each connection on a virtual thread. Not on an event loop: a
/// scrape must not delay a query.
///
/// Clients that are slow, silent or many take nothing from others: a connection ends when it is
/// [Limits#age] old, or older by the patience of a page that takes long, and one that finds all
/// places taken gets the place of the oldest. A probe needs its place for less than a millisecond.
final class HttpListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

  /// @param connections open at a time
  /// @param age after which a connection ends, whatever it does
  /// @param tick the time between looks at ages
  record Limits(int connections, Duration age, Duration tick) {
    static final Limits DEFAULTS = new Limits(64, Duration.ofSeconds(10), Duration.ofSeconds(1));
  }

  /// The time that the end waits for the thread that accepts.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ServerSocket socket;
  private final Limits limits;
  private final SteadyThread acceptor;
  private volatile Map<String, HttpPage> pages;

  /// The oldest first. Guarded by itself.
  private final ArrayDeque<HttpConnection> open = new ArrayDeque<>();

  private HttpListener(ServerSocket socket, Limits limits, Map<String, HttpPage> pages) {
    this.socket = socket;
    this.limits = limits;
    this.pages = pages;
    this.acceptor = SteadyThread.virtualLoop("http-" + socket.getLocalPort(), this::accept);
  }

  static HttpListener start(InetSocketAddress address, Limits limits, Map<String, HttpPage> pages)
      throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(address);
      socket.setSoTimeout((int) limits.tick().toMillis());
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    HttpListener listener = new HttpListener(socket, limits, sorted(pages));
    listener.acceptor.start();
    return listener;
  }

  private static Map<String, HttpPage> sorted(Map<String, HttpPage> pages) {
    return new TreeMap<>(pages);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  int openConnections() {
    synchronized (open) {
      return open.size();
    }
  }

  /// Shows other pages from now on.
  void show(Map<String, HttpPage> next) {
    pages = sorted(next);
  }

  private void accept() throws InterruptedException {
    try {
      admit(socket.accept());
    } catch (SocketTimeoutException _) {
      // Time to look at ages.
    } catch (IOException e) {
      pause(e);
    }
    endOld(System.nanoTime());
  }

  private void admit(Socket client) {
    HttpConnection connection = new HttpConnection(client, System.nanoTime());
    synchronized (open) {
      while (open.size() >= limits.connections()) {
        open.removeFirst().close();
      }
      open.addLast(connection);
    }
    try {
      Thread.ofVirtual().name("http-request").start(() -> serve(connection));
    } catch (Throwable e) {
      connection.close();
      ended(connection);
      throw e;
    }
  }

  private void serve(HttpConnection connection) {
    try {
      connection.serve(pages);
    } finally {
      ended(connection);
    }
  }

  private void ended(HttpConnection connection) {
    synchronized (open) {
      open.remove(connection);
    }
  }

  private void endOld(long nowNanos) {
    synchronized (open) {
      open.removeIf(connection -> {
        boolean old = connection.isOlder(limits.age(), nowNanos);
        if (old) {
          connection.close();
        }
        return old;
      });
    }
  }

  /// Out of file descriptors, most likely: that passes.
  private void pause(IOException cause) throws InterruptedException {
    if (!socket.isClosed()) {
      LOG.warn("cannot accept HTTP connections on {}: {}", address(), cause.getMessage());
      Thread.sleep(limits.tick());
    }
  }

  /// The address is free for others when this returns, unless that takes long: a socket on which a
  /// thread accepts is not closed before that thread has left it.
  @Override
  public void close() {
    try {
      acceptor.close();
      socket.close();
      var _ = acceptor.awaitEnd(PATIENCE);
    } catch (IOException e) {
      LOG.debug("closing an HTTP listener: {}", e.getMessage());
    }
    List<HttpConnection> left;
    synchronized (open) {
      left = new ArrayList<>(open);
      open.clear();
    }
    left.forEach(HttpConnection::close);
  }
}
