package io.clusterzone.dns.ops.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The HTTP endpoints of a server. Started, changed and closed by one thread at a time.
///
/// Several endpoints may share an address.
public final class AdminServer implements AutoCloseable {
  private Map<InetSocketAddress, HttpListener> listeners = Map.of();

  /// What has been opened for other endpoints, until it is applied or undone, once.
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
      opened.values().forEach(HttpListener::close);
    }
  }

  /// Has exactly these endpoints from now on.
  ///
  /// @throws HttpBindFailure if a new address cannot be listened on; nothing has changed then
  public void serve(List<Endpoint> endpoints) throws HttpBindFailure {
    prepare(endpoints).apply();
  }

  /// Listens on the addresses that are new; nothing that is served changes yet.
  ///
  /// @throws HttpBindFailure if one cannot be listened on; nothing has changed then
  public synchronized Change prepare(List<Endpoint> endpoints) throws HttpBindFailure {
    Map<InetSocketAddress, Map<String, HttpPage>> wanted = new LinkedHashMap<>();
    for (Endpoint endpoint : endpoints) {
      wanted
          .computeIfAbsent(endpoint.address(), _ -> new HashMap<>())
          .put(endpoint.path(), endpoint.page());
    }
    return new Change(wanted, open(wanted));
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
  }

  /// Opens the addresses that are not open yet, or none of them.
  private Map<InetSocketAddress, HttpListener> open(
      Map<InetSocketAddress, Map<String, HttpPage>> wanted) throws HttpBindFailure {
    Map<InetSocketAddress, HttpListener> opened = new LinkedHashMap<>();
    for (var entry : wanted.entrySet()) {
      InetSocketAddress address = entry.getKey();
      if (!listeners.containsKey(address)) {
        try {
          opened.put(
              address, HttpListener.start(address, HttpListener.Limits.DEFAULTS, entry.getValue()));
        } catch (IOException e) {
          opened.values().forEach(HttpListener::close);
          throw new HttpBindFailure(address, e);
        }
      }
    }
    return opened;
  }

  /// What is listened on, port 0 replaced by the port that was picked.
  public synchronized List<InetSocketAddress> addresses() {
    List<InetSocketAddress> addresses = new ArrayList<>();
    listeners.values().forEach(listener -> addresses.add(listener.address()));
    return addresses;
  }

  @Override
  public synchronized void close() {
    listeners.values().forEach(HttpListener::close);
    listeners = Map.of();
  }
}
