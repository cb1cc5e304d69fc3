package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Bind;
import io.clusterzone.dns.config.BlockKey;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Debug;
import io.clusterzone.dns.config.Errors;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.config.Timeouts;
import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.query.MessageHandler;
import io.clusterzone.dns.query.QueryHandler;
import io.clusterzone.dns.query.Workbench;
import io.clusterzone.dns.transport.Listener;
import io.clusterzone.dns.transport.LoopContext;
import io.clusterzone.dns.transport.StreamTimes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which addresses and ports a Corefile listens on, and the server blocks behind each of them.
final class Listeners {
  private static final SecureRandom SEEDS = new SecureRandom();

  /// A server block behind one of its listeners.
  ///
  /// @param configured as it stands in the Corefile
  /// @param block as event loops work with it, for one of its keys
  record Served(ServerBlock configured, io.clusterzone.dns.query.ServerBlock block) {}

  private final Map<ListenAddress, List<Served>> blocks = new LinkedHashMap<>();

  /// Whether an unexpected exception ends the process, and whether its stack trace is logged.
  private final boolean debug;

  private final boolean stacktrace;

  Listeners(Corefile corefile, QueryBlocks queryBlocks) {
    debug = corefile.blocks().stream().anyMatch(block -> block.has(Debug.class));
    stacktrace = debug || corefile.blocks().stream().anyMatch(Listeners::tracesErrors);
    for (ServerBlock block : corefile.blocks()) {
      for (BlockKey key : block.keys()) {
        for (ListenAddress address : addresses(block, key)) {
          blocks
              .computeIfAbsent(address, _ -> new ArrayList<>())
              .add(new Served(block, queryBlocks.of(block, key, address.toString())));
        }
      }
    }
  }

  private static boolean tracesErrors(ServerBlock block) {
    Errors errors = block.find(Errors.class);
    return errors != null && errors.stacktrace();
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
    return blocks.values().stream().flatMap(List::stream).toList();
  }

  /// What their queries are counted by.
  Set<Scope> scopes() {
    Set<Scope> scopes = new LinkedHashSet<>();
    blocks.forEach((address, behind) -> {
      scopes.add(Scope.dropped(address.toString()));
      behind.forEach(served -> scopes.add(served.block().scope()));
    });
    return scopes;
  }

  /// What the transport listens on.
  ///
  /// @param counters have all [#scopes]
  List<Listener> listeners(Counters counters, Log log) {
    List<Listener> listeners = new ArrayList<>();
    Map<Integer, Workbench> benches = new ConcurrentHashMap<>();
    blocks.forEach((address, behind) ->
        listeners.add(
            new Listener(
                new Listener.Place(address.addresses(), address.port()),
                times(behind),
                loop -> {
                  Workbench bench =
                      benches.computeIfAbsent(
                          loop.index(), _ -> new Workbench(SEEDS.nextLong(), loop.channels()));
                  return handler(address, behind, loop, bench, counters, log);
                })));
    return listeners;
  }

  /// Those of the first block that has `timeouts`: connections come before questions.
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

  private MessageHandler handler(
      ListenAddress address,
      List<Served> behind,
      LoopContext loop,
      Workbench bench,
      Counters counters,
      Log log) {
    var handler =
        new QueryHandler(
            behind.stream().map(Served::block).toList(),
            Scope.dropped(address.toString()),
            counters.loop(loop.index()),
            log,
            bench);
    return stacktrace ? new FailureHandler(handler, debug) : handler;
  }
}
