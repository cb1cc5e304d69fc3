package io.clusterzone.dns.ops.http;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The HTTP endpoints of a server. Started, changed and closed by one thread at a time.
///
/// Several endpoints may share an address. An address that the host cannot use yet is listened on
/// as soon as it can be; the thread "http-addresses" looks every second while there is one.
public final class AdminServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);

  /// Listens on an address.
  @FunctionalInterface
  interface Opener {
    HttpListener open(InetSocketAddress address, Map<String, HttpPage> pages) throws IOException;
  }

  private final Opener opener;
  private final Duration again;
  private Map<InetSocketAddress, HttpListener> listeners = Map.of();

  /// The pages that wait for their address.
  private Map<InetSocketAddress, Map<String, HttpPage>> missing = Map.of();

  private @Nullable Thread waiting;

  /// Whether a change has opened addresses that are not shown yet.
  private boolean changing;

  public AdminServer() {
    this(
        (address, pages) -> HttpListener.start(address, HttpListener.Limits.DEFAULTS, pages),
        Duration.ofSeconds(1));
  }

  /// @param again the time between attempts at a missing address
  AdminServer(Opener opener, Duration again) {
    this.opener = opener;
    this.again = again;
  }

  /// The sockets opened for other endpoints, until they are applied or undone, once.
  public final class Change {
    private final Map<InetSocketAddress, Map<String, HttpPage>> wanted;
    private final Map<InetSocketAddress, HttpListener> opened;

    private Change(
        Map<InetSocketAddress, Map<String, HttpPage>> wanted,
        Map<InetSocketAddress, HttpListener> opened) {
      this.wanted = wanted;
      this.opened = opened;
    }

    /// Has exactly the new endpoints from now on. Addresses that stay are listened on all the time.
    public void apply() {
      AdminServer.this.apply(wanted, opened);
    }

    /// Leaves everything as it was.
    public void undo() {
      AdminServer.this.undo(opened);
    }
  }

  /// Has exactly these endpoints from now on.
  ///
  /// @throws HttpBindFailure if a new address cannot be listened on; nothing has changed then
  public void serve(List<Endpoint> endpoints) throws HttpBindFailure {
    prepare(endpoints).apply();
  }

  /// Listens on the addresses that are new, as far as the host can use them; nothing that is served
  /// changes yet.
  ///
  /// @throws HttpBindFailure if one cannot be listened on for another reason; nothing has changed
  ///   then
  public synchronized Change prepare(List<Endpoint> endpoints) throws HttpBindFailure {
    Map<InetSocketAddress, Map<String, HttpPage>> wanted = new LinkedHashMap<>();
    for (Endpoint endpoint : endpoints) {
      wanted
          .computeIfAbsent(endpoint.address(), _ -> new HashMap<>())
          .put(endpoint.path(), endpoint.page());
    }
    Map<InetSocketAddress, HttpListener> opened = open(wanted);
    changing = true;
    return new Change(wanted, opened);
  }

  private synchronized void apply(
      Map<InetSocketAddress, Map<String, HttpPage>> wanted,
      Map<InetSocketAddress, HttpListener> opened) {
    Map<InetSocketAddress, HttpListener> next = new LinkedHashMap<>(opened);
    listeners.forEach((address, listener) -> {
      Map<String, HttpPage> pages = wanted.get(address);
      if (pages == null) {
        listener.close();
      } else {
        listener.show(pages);
        next.put(address, listener);
      }
    });
    listeners = next;
    changing = false;
    missing = new LinkedHashMap<>(wanted);
    missing.keySet().removeAll(next.keySet());
    if (!missing.isEmpty() && waiting == null) {
      waiting = Thread.ofVirtual().name("http-addresses").start(this::openMissing);
    }
  }

  private synchronized void undo(Map<InetSocketAddress, HttpListener> opened) {
    changing = false;
    opened.values().forEach(HttpListener::close);
  }

  /// Opens the addresses that are not open yet and can be, or none of them.
  private Map<InetSocketAddress, HttpListener> open(
      Map<InetSocketAddress, Map<String, HttpPage>> wanted) throws HttpBindFailure {
    Map<InetSocketAddress, HttpListener> opened = new LinkedHashMap<>();
    for (var entry : wanted.entrySet()) {
      InetSocketAddress address = entry.getKey();
      if (!listeners.containsKey(address)) {
        try {
          opened.put(address, opener.open(address, entry.getValue()));
        } catch (IOException e) {
          if (isMissingAddress(e)) {
            tellMissing(address);
            continue;
          }
          opened.values().forEach(HttpListener::close);
          throw new HttpBindFailure(address, e);
        }
      }
    }
    return opened;
  }

  private static boolean isMissingAddress(IOException e) {
    return String.valueOf(e.getMessage()).contains("assign requested address");
  }

  private void tellMissing(InetSocketAddress address) {
    if (!missing.containsKey(address)) {
      LOG.warn(
          "cannot listen on {} for HTTP: this host has no such address, or cannot use it yet (see: ip"
              + " address); it is tried again every second, all else is served",
          text(address));
    }
  }

  private static String text(InetSocketAddress address) {
    return NetUtil.toSocketAddressString(address);
  }

  private void openMissing() {
    try {
      do {
        Thread.sleep(again);
      } while (lookAgain());
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  /// Whether any address is still missing.
  private synchronized boolean lookAgain() {
    if (changing) {
      return true;
    }
    try {
      Map<InetSocketAddress, HttpListener> opened = open(missing);
      opened
          .keySet()
          .forEach(address -> LOG.info("listening on {} for HTTP as well", text(address)));
      Map<InetSocketAddress, HttpListener> next = new LinkedHashMap<>(listeners);
      next.putAll(opened);
      listeners = next;
      missing.keySet().removeAll(opened.keySet());
    } catch (HttpBindFailure e) {
      LOG.error("{}; it is given up until the configuration changes", e.getMessage());
      missing.remove(e.address());
    }
    if (missing.isEmpty()) {
      waiting = null;
    }
    return waiting != null;
  }

  /// The addresses listened on, port 0 replaced by the port that was picked.
  public synchronized List<InetSocketAddress> addresses() {
    List<InetSocketAddress> addresses = new ArrayList<>();
    listeners.values().forEach(listener -> addresses.add(listener.address()));
    return addresses;
  }

  @Override
  public synchronized void close() {
    listeners.values().forEach(HttpListener::close);
    listeners = Map.of();
    missing = Map.of();
    if (waiting != null) {
      waiting.interrupt();
      waiting = null;
    }
  }
}
