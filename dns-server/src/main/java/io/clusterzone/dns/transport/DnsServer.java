package io.clusterzone.dns.transport;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.query.MessageHandler;
import io.clusterzone.dns.transport.Listener.Place;
import io.clusterzone.dns.transport.flood.KernelQueueMetrics;
import io.clusterzone.dns.transport.flood.LimitedClients;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running server: its listeners, which may change, and the event loops they run on, which stay.
/// Started, changed and stopped by threads that may wait.
public final class DnsServer {
  private static final Logger LOG = LoggerFactory.getLogger(DnsServer.class);

  /// The time that queries in flight may take at listeners that go while the server stays.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// The time that event loops with nothing to wait for may take to end.
  private static final Duration ENDING = Duration.ofSeconds(1);

  private final MultiThreadIoEventLoopGroup group;
  private final Opener opener;
  private final LimitedClients limited;
  private final AddressScan scan;
  private volatile Map<Place, OpenListener> open = Map.of();

  private Collection<Listener> wanted = List.of();

  /// Listeners that wait for their address, and why.
  private Map<Listener, BindFailure> missing = Map.of();

  /// Listeners that have gone and whose sockets are not all closed yet.
  private final List<OpenListener> ending = new CopyOnWriteArrayList<>();

  private DnsServer(
      MultiThreadIoEventLoopGroup group, Opener opener, LimitedClients limited, Duration rescan) {
    this.group = group;
    this.opener = opener;
    this.limited = limited;
    this.scan = AddressScan.start(this::wildcards, rescan, this::openMissing);
  }

  /// Binds every listener over UDP and TCP on every event loop, or none of them.
  ///
  /// @param counters has a [io.clusterzone.dns.ops.LoopCounters] for each loop of `options`
  public static DnsServer start(
      TransportOptions options, Counters counters, List<Listener> listeners) throws BindFailure {
    return start(options, counters, listeners, PortProbe::requireAddress);
  }

  static DnsServer start(
      TransportOptions options,
      Counters counters,
      List<Listener> listeners,
      Opener.AddressCheck check)
      throws BindFailure {
    Sockets sockets = options.nativeTransport() ? Sockets.best() : Sockets.NIO;
    MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            options.loops(), new DefaultThreadFactory("dns"), sockets.ioHandlerFactory());
    LimitedClients limited = new LimitedClients();
    List<Loop> loops = new ArrayList<>();
    for (int i = 0; i < options.loops(); i++) {
      loops.add(new Loop(i, group.next(), counters.loop(i), limited));
    }
    DnsServer server =
        new DnsServer(group, new Opener(options, sockets, loops, check), limited, options.rescan());
    try {
      server.change(listeners);
      return server;
    } catch (BindFailure e) {
      server.stop(PATIENCE);
      throw e;
    }
  }

  /// Has the first event loop do something soon, between two messages. It must not throw.
  public void onLoop(Consumer<LoopChannels> task) {
    Loop first = opener.loops().getFirst();
    first.events().execute(() -> task.accept(opener.context(first).channels()));
  }

  /// The addresses listened on, port 0 replaced by the port that was picked.
  public List<InetSocketAddress> addresses() {
    return open.values().stream().flatMap(listener -> listener.addresses().stream()).toList();
  }

  /// The state of the kernel's queues. Read by any thread.
  public KernelQueueMetrics kernelQueues() {
    return new KernelQueueMetrics(opener.queues(), limited);
  }

  private List<LocalAddresses> wildcards() {
    return open.values().stream().flatMap(listener -> listener.wildcards().stream()).toList();
  }

  /// Has exactly these listeners from now on. Listeners that stay keep their sockets and
  /// connections and get the new handlers: each event loop changes to them between two messages, so
  /// that each message meets either the old handlers or the new ones. New ones are bound before any
  /// other ends; those that go answer all they have received. One whose address the host cannot use
  /// yet is opened as soon as it can, and the log says so; the others are served meanwhile.
  ///
  /// @throws BindFailure if an address cannot be listened on for another reason, or none can be
  ///   used; nothing has changed then
  public synchronized void change(List<Listener> listeners) throws BindFailure {
    Map<Place, OpenListener> next = new LinkedHashMap<>();
    List<Listener> added = new ArrayList<>();
    List<Staying> staying = new ArrayList<>();
    for (Listener listener : listeners) {
      OpenListener now = open.get(listener.place());
      if (now == null) {
        added.add(listener);
      } else {
        staying.add(new Staying(listener, now));
        next.put(listener.place(), now);
      }
    }
    List<Runnable> replacements = prepare(staying);
    Opener.Opened opened = opener.open(added, listeners, ours());
    next.putAll(opened.listeners());
    if (next.isEmpty() && !opened.missing().isEmpty()) {
      throw opened.missing().values().iterator().next();
    }
    wanted = List.copyOf(listeners);
    awaitAddresses(opened.missing());
    replacements.forEach(Runnable::run);
    Collection<OpenListener> before = open.values();
    open = next;
    for (OpenListener listener : next.values()) {
      listener.leaveToOthers(Opener.explicitAddresses(listeners, listener.port()));
    }
    Set<OpenListener> kept = new HashSet<>(next.values());
    before.stream().filter(listener -> !kept.contains(listener)).forEach(this::end);
  }

  private void awaitAddresses(Map<Listener, BindFailure> next) {
    next.forEach((listener, failure) -> {
      if (missing.keySet().stream().noneMatch(one -> one.place().equals(listener.place()))) {
        LOG.warn("{}; it is tried again every second, the others are served", failure.getMessage());
      }
    });
    missing = next;
  }

  /// Opens what waits for its address, if that has come. Called by one thread at a time.
  private synchronized void openMissing() {
    if (missing.isEmpty()) {
      return;
    }
    try {
      Opener.Opened opened = opener.open(missing.keySet(), List.copyOf(wanted), ours());
      Map<Place, OpenListener> all = new LinkedHashMap<>(open);
      all.putAll(opened.listeners());
      open = all;
      missing = opened.missing();
      opened.listeners().values().stream()
          .flatMap(listener -> listener.addresses().stream())
          .forEach(address -> LOG.info("listening on {} as well", BindFailure.text(address)));
    } catch (BindFailure e) {
      LOG.error("{}; it is given up until the configuration changes", e.getMessage());
      missing = Map.of();
    }
  }

  private List<OpenListener> ours() {
    List<OpenListener> ours = new ArrayList<>(open.values());
    ours.addAll(ending);
    return ours;
  }

  /// An open listener, and its handlers from now on.
  private record Staying(Listener next, OpenListener open) {}

  /// Makes the handlers of listeners that stay, and returns the tasks that put them in place. The
  /// making may fail, the tasks may not: for each event loop, all handlers at once. The loops have
  /// no part in making them, and go on answering meanwhile.
  private List<Runnable> prepare(List<Staying> staying) {
    List<Runnable> replacements = new ArrayList<>();
    for (Loop loop : opener.loops()) {
      List<Runnable> onLoop = staying.stream().map(each -> prepare(each, loop)).toList();
      replacements.add(() -> loop.run(() -> onLoop.forEach(Runnable::run)));
    }
    return replacements;
  }

  private Runnable prepare(Staying staying, Loop loop) {
    MessageHandler handler = staying.next().handlers().apply(opener.context(loop));
    return () -> staying.open().replace(loop, handler, staying.next().times());
  }

  private void end(OpenListener gone) {
    ending.add(gone);
    gone.channels().newCloseFuture().addListener(_ -> ending.remove(gone));
    gone.drain(Drain.CHANGE);
    Runnable giveUp =
        () -> {
          var _ = gone.channels().close();
        };
    Future<?> _ = group.schedule(giveUp, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Takes no new connections, answers all queries received, and closes; queries not answered
  /// within `patience` are given up, and so is an event loop that does not end a second later.
  public synchronized void stop(Duration patience) {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    scan.stop();
    missing = Map.of();
    Drain drain = Drain.STOP.atMost(patience);
    open.values().forEach(listener -> listener.drain(drain));
    for (OpenListener listener : ours()) {
      listener.awaitClosed(deadlineNanos);
      var _ =
          listener.channels().close().awaitUninterruptibly(leftNanos(deadlineNanos), NANOSECONDS);
    }
    open = Map.of();
    long leftNanos = leftNanos(deadlineNanos);
    var _ =
        group
            .shutdownGracefully(0, leftNanos, NANOSECONDS)
            .awaitUninterruptibly(leftNanos + ENDING.toNanos(), NANOSECONDS);
  }

  private static long leftNanos(long deadlineNanos) {
    return Math.max(0, deadlineNanos - System.nanoTime());
  }
}
