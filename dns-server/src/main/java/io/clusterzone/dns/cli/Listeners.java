package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Bind;
import io.clusterzone.dns.config.BlockKey;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.Log;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.dns.query.QueryHandler;
import io.clusterzone.dns.transport.BindFailure;
import io.clusterzone.dns.transport.DnsServer;
import io.clusterzone.dns.transport.Listener;
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
  private final Map<ListenAddress, List<io.clusterzone.dns.query.ServerBlock>> blocks =
      new LinkedHashMap<>();

  Listeners(Corefile corefile, QueryBlocks queryBlocks) {
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
    var seeds = new SecureRandom();
    List<Listener> listeners = new ArrayList<>();
    blocks.forEach((address, behind) ->
        listeners.add(
            new Listener(
                address.addresses(),
                address.port(),
                loop ->
                    new QueryHandler(
                        behind,
                        Scope.dropped(address.toString()),
                        counters.loop(loop),
                        log,
                        seeds.nextLong()))));
    return DnsServer.start(options, counters, listeners);
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
