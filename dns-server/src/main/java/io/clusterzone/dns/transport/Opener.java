package io.clusterzone.dns.transport;

import io.clusterzone.dns.ops.Protocol;
import io.clusterzone.dns.query.MessageHandler;
import io.clusterzone.dns.transport.Listener.Place;
import io.clusterzone.dns.transport.flood.KernelQueues;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Opens the sockets of listeners. Called by one thread at a time, which may wait.
final class Opener {
  private final TransportOptions options;
  private final Sockets sockets;
  private final boolean shared;
  private final List<Loop> loops;
  private final Admission admission;
  private final AddressCheck check;
  private final KernelQueues queues = new KernelQueues();

  /// Finds out whether the host can use an address now.
  @FunctionalInterface
  interface AddressCheck {
    /// Returns if it can.
    ///
    /// @throws BindFailure if it cannot, which may pass, or for another reason
    void require(InetSocketAddress address) throws BindFailure;
  }

  Opener(TransportOptions options, Sockets sockets, List<Loop> loops, AddressCheck check) {
    this.options = options;
    this.sockets = sockets;
    this.shared = PortProbe.canSharePorts();
    this.loops = List.copyOf(shared ? loops : loops.subList(0, 1));
    this.admission = new Admission(options.streams());
    this.check = check;
  }

  /// The event loops that listen.
  List<Loop> loops() {
    return loops;
  }

  KernelQueues queues() {
    return queues;
  }

  LoopContext context(Loop loop) {
    return new LoopContext(loop.index(), sockets.channels(loop.events()));
  }

  /// The addresses that a listener is to be bound to.
  private record Plan(Listener listener, List<InetSocketAddress> addresses) {}

  /// The opened listeners, and those that wait for their address, with the reason.
  record Opened(Map<Place, OpenListener> listeners, Map<Listener, BindFailure> missing) {}

  /// Opens all listeners or none, except those whose address the host cannot use yet.
  ///
  /// @param all that the server is to have, among them those to open
  /// @param open the open listeners, some of which are about to go
  Opened open(Collection<Listener> added, List<Listener> all, Collection<OpenListener> open)
      throws BindFailure {
    List<Plan> plans = new ArrayList<>();
    Map<Listener, BindFailure> missing = new LinkedHashMap<>();
    for (Listener listener : added) {
      try {
        plans.add(plan(listener, open));
      } catch (BindFailure e) {
        if (!e.isMissingAddress()) {
          throw e;
        }
        missing.put(listener, e);
      }
    }
    OpenFiles.now().require(sockets(plans));
    Map<Place, OpenListener> opened = new LinkedHashMap<>();
    try {
      for (Plan plan : plans) {
        OpenListener next = new OpenListener(plan.addresses(), channels());
        opened.put(plan.listener().place(), next);
        open(plan, next, explicitAddresses(all, next.port()));
      }
    } catch (BindFailure | RuntimeException e) {
      opened.values().forEach(each -> each.channels().close().awaitUninterruptibly());
      throw e;
    }
    opened.values().forEach(each -> each.wildcards().forEach(LocalAddresses::scan));
    for (Loop loop : loops) {
      loop.call(() -> null); // The sockets that the scan asked for are open after this.
    }
    return new Opened(opened, missing);
  }

  /// The number of sockets that the event loops open for them; those of wildcards are joined by one
  /// for each address of this host.
  private long sockets(List<Plan> plans) {
    Map<SocketProtocolFamily, Integer> local = new EnumMap<>(SocketProtocolFamily.class);
    long sockets = 0;
    for (Plan plan : plans) {
      for (InetSocketAddress address : plan.addresses()) {
        sockets += Protocol.values().length;
        if (address.getAddress().isAnyLocalAddress()) {
          sockets +=
              local.computeIfAbsent(
                  Addresses.family(address.getAddress()),
                  family ->
                      Math.min(
                          LocalAddresses.MAX_ADDRESSES, Addresses.ofInterfaces(family).size()));
        }
      }
    }
    return sockets * loops.size();
  }

  private static DefaultChannelGroup channels() {
    return new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  }

  private Plan plan(Listener listener, Collection<OpenListener> open) throws BindFailure {
    Place place = listener.place();
    List<InetAddress> hosts =
        place.addresses().isEmpty() ? Addresses.wildcards() : place.addresses();
    int port = place.port();
    for (InetAddress host : place.addresses()) {
      check.require(new InetSocketAddress(host, port));
    }
    if (port == 0) {
      port = PortProbe.freePort(hosts);
    }
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (InetAddress host : hosts) {
      InetSocketAddress address = new InetSocketAddress(host, port);
      if (open.stream().noneMatch(ours -> overlap(ours, address))) {
        PortProbe.requireFree(address);
      }
      addresses.add(address);
    }
    return new Plan(listener, addresses);
  }

  /// Whether it is we who take the address already.
  private static boolean overlap(OpenListener ours, InetSocketAddress address) {
    return ours.addresses().stream()
        .anyMatch(taken ->
            taken.getPort() == address.getPort()
                && (taken.getAddress().isAnyLocalAddress()
                    || address.getAddress().isAnyLocalAddress()
                    || taken.equals(address)));
  }

  /// The addresses of the port that listeners name.
  static Set<InetAddress> explicitAddresses(List<Listener> listeners, int port) {
    Set<InetAddress> explicit = new HashSet<>();
    for (Listener listener : listeners) {
      if (listener.place().port() == port) {
        explicit.addAll(listener.place().addresses());
      }
    }
    return explicit;
  }

  private void open(Plan plan, OpenListener listener, Set<InetAddress> boundElsewhere)
      throws BindFailure {
    List<LocalAddresses> local = new ArrayList<>();
    for (InetSocketAddress address : plan.addresses()) {
      LocalAddresses all =
          new LocalAddresses(Addresses.family(address.getAddress()), boundElsewhere);
      local.add(all);
      if (address.getAddress().isAnyLocalAddress()) {
        listener.add(all);
      }
    }
    for (Loop loop : loops) {
      MessageHandler handler = plan.listener().handlers().apply(context(loop));
      listener.add(loop.call(() -> open(plan, handler, listener, local, loop)));
    }
  }

  private Entrance open(
      Plan plan, MessageHandler handler, OpenListener open, List<LocalAddresses> local, Loop loop)
      throws BindFailure {
    Listener listener = plan.listener();
    Binder binder = new Binder(sockets, shared, open.channels(), queues);
    Edge edge = new Edge(handler, loop.counters(), loop.gate());
    StreamAcceptor acceptor =
        new StreamAcceptor(edge, options.streams(), listener.times(), admission, open.channels());
    for (int i = 0; i < plan.addresses().size(); i++) {
      InetSocketAddress address = plan.addresses().get(i);
      if (address.getAddress().isAnyLocalAddress()) {
        binder.wildcardUdp(loop, edge, address, local.get(i));
      } else {
        binder.udp(loop, edge, address);
      }
      binder.tcp(loop, acceptor, address);
    }
    return new Entrance(loop, edge, acceptor);
  }
}
