package io.clusterzone.dns.transport;

import io.netty.channel.group.ChannelGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// Opens the sockets of a server, once, on the thread that starts it.
final class Startup {
  private final TransportOptions options;
  private final Sockets sockets;
  private final Binder binder;
  private final ChannelGroup channels;
  private final List<Loop> loops;
  private final Admission admission;
  private final List<LocalAddresses> wildcards = new ArrayList<>();

  Startup(TransportOptions options, Sockets sockets, ChannelGroup channels, List<Loop> loops) {
    boolean shared = PortProbe.canSharePorts();
    this.options = options;
    this.sockets = sockets;
    this.binder = new Binder(sockets, shared, channels);
    this.channels = channels;
    this.loops = shared ? loops : loops.subList(0, 1);
    this.admission = new Admission(options.streams());
  }

  /// What each listener is bound to.
  private record Plan(Listener listener, List<InetSocketAddress> addresses) {}

  List<InetSocketAddress> open(List<Listener> listeners) throws BindFailure {
    List<Plan> plans = new ArrayList<>();
    for (Listener listener : listeners) {
      plans.add(plan(listener));
    }
    List<InetSocketAddress> opened = new ArrayList<>();
    for (Plan plan : plans) {
      open(plan, explicitAddresses(plans, plan.addresses().getFirst().getPort()));
      opened.addAll(plan.addresses());
    }
    for (LocalAddresses addresses : wildcards) {
      addresses.scan();
    }
    for (Loop loop : loops) {
      onLoop(loop, () -> null); // The sockets that the scan asked for are open after this.
    }
    return opened;
  }

  List<LocalAddresses> wildcards() {
    return wildcards;
  }

  private static Plan plan(Listener listener) throws BindFailure {
    List<InetAddress> hosts =
        listener.addresses().isEmpty() ? Addresses.wildcards() : listener.addresses();
    int port = listener.port();
    if (port == 0) {
      port = PortProbe.freePort(hosts);
    } else {
      PortProbe.requireFree(hosts, port);
    }
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (InetAddress host : hosts) {
      addresses.add(new InetSocketAddress(host, port));
    }
    return new Plan(listener, addresses);
  }

  private static Set<InetAddress> explicitAddresses(List<Plan> plans, int port) {
    Set<InetAddress> explicit = new HashSet<>();
    for (Plan plan : plans) {
      for (InetSocketAddress address : plan.addresses()) {
        if (address.getPort() == port && !address.getAddress().isAnyLocalAddress()) {
          explicit.add(address.getAddress());
        }
      }
    }
    return explicit;
  }

  private void open(Plan plan, Set<InetAddress> boundElsewhere) throws BindFailure {
    List<LocalAddresses> local = new ArrayList<>();
    for (InetSocketAddress address : plan.addresses()) {
      local.add(new LocalAddresses(Addresses.family(address.getAddress()), boundElsewhere));
    }
    for (Loop loop : loops) {
      onLoop(loop, () -> open(plan, local, loop));
    }
    for (int i = 0; i < local.size(); i++) {
      if (plan.addresses().get(i).getAddress().isAnyLocalAddress()) {
        wildcards.add(local.get(i));
      }
    }
  }

  private Void open(Plan plan, List<LocalAddresses> local, Loop loop) throws BindFailure {
    Edge edge =
        new Edge(
            plan.listener()
                .handlers()
                .apply(new LoopContext(loop.index(), sockets.channels(loop.events()))),
            loop.counters());
    StreamAcceptor acceptor = new StreamAcceptor(edge, options.streams(), admission, channels);
    for (int i = 0; i < plan.addresses().size(); i++) {
      InetSocketAddress address = plan.addresses().get(i);
      if (address.getAddress().isAnyLocalAddress()) {
        binder.wildcardUdp(loop, edge, address, local.get(i));
      } else {
        binder.udp(loop, edge, address);
      }
      binder.tcp(loop, acceptor, address);
    }
    return null;
  }

  private static void onLoop(Loop loop, Callable<Void> task) throws BindFailure {
    Future<Void> done = loop.events().submit(task);
    try {
      done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BindFailure failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", e);
    }
  }
}
