package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Bind;
import io.clusterzone.dns.config.BlockKey;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Debug;
import io.clusterzone.dns.config.Errors;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.Log;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.dns.query.MessageHandler;
import io.clusterzone.dns.query.QueryHandler;
import io.clusterzone.dns.transport.BindFailure;
import io.clusterzone.dns.transport.DnsServer;
import io.clusterzone.dns.transport.Listener;
import io.clusterzone.dns.transport.LoopContext;
import io.clusterzone.dns.transport.TransportOptions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which addresses and ports a Corefile listens on, and the server blocks behind each of them.
final class Listeners {
  private static final SecureRandom SEEDS = new SecureRandom();

  private final Map<ListenAddress, List<io.clusterzone.dns.query.ServerBlock>> blocks =
      new LinkedHashMap<>();

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
              .add(queryBlocks.of(block, key, address.toString()));
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

  /// Binds all of them, or none.
  DnsServer start(TransportOptions options, Log log) throws BindFailure {
    var counters = new Counters(options.loops(), scopes());
    List<Listener> listeners = new ArrayList<>();
    for (ListenAddress address : blocks.keySet()) {
      listeners.add(
          new Listener(
              address.addresses(), address.port(), loop -> handler(address, loop, counters, log)));
    }
    return DnsServer.start(options, counters, listeners);
  }

  private MessageHandler handler(
      ListenAddress address, LoopContext loop, Counters counters, Log log) {
    var handler =
        new QueryHandler(
            blocks.getOrDefault(address, List.of()),
            Scope.dropped(address.toString()),
            counters.loop(loop.index()),
            log,
            SEEDS.nextLong(),
            loop.channels());
    return stacktrace ? new FailureHandler(handler, debug) : handler;
  }

  private Set<Scope> scopes() {
    Set<Scope> scopes = new LinkedHashSet<>();
    blocks.forEach((address, behind) -> {
      scopes.add(Scope.dropped(address.toString()));
      behind.forEach(block -> scopes.add(block.scope()));
    });
    return scopes;
  }
}
