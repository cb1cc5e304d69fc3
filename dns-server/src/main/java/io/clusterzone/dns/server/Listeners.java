package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Bind;
import io.clusterzone.dns.config.BlockKey;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Debug;
import io.clusterzone.dns.config.Errors;
import io.clusterzone.dns.config.Former;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.config.Timeouts;
import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.ops.top.QueryTop;
import io.clusterzone.dns.query.QueryHandler;
import io.clusterzone.dns.query.Workbench;
import io.clusterzone.dns.transport.Listener;
import io.clusterzone.dns.transport.LoopContext;
import io.clusterzone.dns.transport.StreamTimes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The addresses and ports of a Corefile, and the server blocks behind each.
final class Listeners {
  private static final SecureRandom SEEDS = new SecureRandom();

  /// A server block behind one of its listeners.
  ///
  /// @param configured as it stands in the Corefile
  /// @param block as event loops work with it, for one of its keys
  record Served(ServerBlock configured, io.clusterzone.dns.query.ServerBlock block) {
    @SuppressWarnings("ReferenceEquality") // blocks that say the same are the same object
    private boolean isOf(ServerBlock other, BlockKey key) {
      return configured == other && block.zone().equals(key.zone());
    }
  }

  /// The server blocks of one listener.
  ///
  /// @param server the listener, as metrics name it
  /// @param handlers the last one of each event loop
  private record Behind(String server, List<Served> all, Map<Integer, QueryHandler> handlers) {
    static Behind of(ListenAddress address) {
      return new Behind(address.toString(), new ArrayList<>(), new ConcurrentHashMap<>());
    }
  }

  private final Map<ListenAddress, Behind> blocks = new LinkedHashMap<>();

  /// Whether an unexpected exception ends the process, and whether its stack trace is logged.
  private final boolean debug;

  private final boolean stacktrace;

  static Listeners none() {
    return new Listeners();
  }

  private Listeners() {
    debug = false;
    stacktrace = false;
  }

  /// @param before the listeners of the Corefile before: blocks that would become the same stay
  Listeners(Corefile corefile, QueryBlocks queryBlocks, Listeners before) {
    debug = corefile.findFirst(Debug.class) != null;
    stacktrace = debug || corefile.all(Errors.class).anyMatch(Errors::stacktrace);
    Map<ListenAddress, Former<Served>> formers = new HashMap<>();
    for (ServerBlock block : corefile.blocks()) {
      for (BlockKey key : block.keys()) {
        for (ListenAddress address : addresses(block, key)) {
          Behind behind = blocks.computeIfAbsent(address, Behind::of);
          Served same =
              formers.computeIfAbsent(address, before::former).take(one -> one.isOf(block, key));
          behind.all.add(
              same != null && queryBlocks.makesAsBefore(block)
                  ? same
                  : new Served(block, queryBlocks.of(block, key, behind.server)));
        }
      }
    }
  }

  private Former<Served> former(ListenAddress address) {
    Behind behind = blocks.get(address);
    return new Former<>(behind == null ? List.of() : behind.all);
  }

  private static List<ListenAddress> addresses(ServerBlock block, BlockKey key) {
    Bind bind = block.find(Bind.class);
    if (bind == null) {
      return List.of(new ListenAddress(List.of(), key.port()));
    }
    return bind.addresses().stream()
        .map(address -> new ListenAddress(List.of(address), key.port()))
        .toList();
  }

  List<Served> served() {
    return blocks.values().stream().flatMap(behind -> behind.all.stream()).toList();
  }

  /// The scopes that their queries are counted by.
  List<Scope> scopes() {
    List<Scope> scopes = new ArrayList<>();
    for (Behind behind : blocks.values()) {
      scopes.add(Scope.dropped(behind.server));
      behind.all.forEach(served -> scopes.add(served.block().scope()));
    }
    return scopes;
  }

  /// The listeners for the transport.
  ///
  /// @param counters have all [#scopes]
  /// @param top ranks what is asked
  /// @param before whose handlers are answering now
  List<Listener> listeners(Counters counters, Log log, QueryTop top, Listeners before) {
    List<Listener> listeners = new ArrayList<>();
    Map<Integer, Workbench> benches = new ConcurrentHashMap<>();
    blocks.forEach((address, behind) -> {
      Map<Integer, QueryHandler> now = before.handlers(address);
      listeners.add(
          new Listener(
              new Listener.Place(address.addresses(), address.port()),
              times(behind.all),
              loop -> {
                Workbench bench =
                    benches.computeIfAbsent(
                        loop.index(),
                        index -> new Workbench(SEEDS.nextLong(), loop.channels(), top.ring(index)));
                QueryHandler handler =
                    handler(behind, loop, bench, counters, log, now.remove(loop.index()));
                behind.handlers.put(loop.index(), handler);
                return stacktrace ? new FailureHandler(handler, debug) : handler;
              }));
    });
    return listeners;
  }

  /// A copy, so that the taker of one handler need not hold those that have gone.
  private Map<Integer, QueryHandler> handlers(ListenAddress address) {
    Behind behind = blocks.get(address);
    return new ConcurrentHashMap<>(behind == null ? Map.of() : behind.handlers);
  }

  /// The times of the first block that has `timeouts`: connections come before questions.
  private static StreamTimes times(List<Served> behind) {
    for (Served served : behind) {
      Timeouts timeouts = served.configured().find(Timeouts.class);
      if (timeouts != null) {
        return new StreamTimes(
            timeouts.read(), timeouts.idle(), timeouts.write(), timeouts.maxQueries());
      }
    }
    return StreamTimes.DEFAULTS;
  }

  private static QueryHandler handler(
      Behind behind,
      LoopContext loop,
      Workbench bench,
      Counters counters,
      Log log,
      @Nullable QueryHandler before) {
    return new QueryHandler(
        behind.all.stream().map(Served::block).toList(),
        Scope.dropped(behind.server),
        counters.loop(loop.index()),
        log,
        bench,
        before);
  }
}
