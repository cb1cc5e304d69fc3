package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Cache;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Forward;
import io.clusterzone.dns.config.Loop;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.forward.WaitingRoom;
import io.clusterzone.dns.ops.ProxyMetrics;
import io.clusterzone.dns.query.Forwarding;
import io.clusterzone.zones.name.Name;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the server blocks of a Corefile forward with: one for each block that has `forward`,
/// however many keys and listeners it has, so that they share the cache and the bounds. Immutable;
/// made by the thread that changes the server.
final class Forwardings {
  static final Forwardings NONE = new Forwardings(new IdentityHashMap<>());

  /// What it depends on. Blocks that say the same have one each, in the order of the file.
  private record Key(Forward forward, @Nullable Cache cache, @Nullable Name loop) {
    static @Nullable Key of(ServerBlock block) {
      Forward forward = block.find(Forward.class);
      if (forward == null) {
        return null;
      }
      Name loop = block.has(Loop.class) ? block.keys().getFirst().zone() : null;
      return new Key(forward, block.find(Cache.class), loop);
    }
  }

  private final IdentityHashMap<ServerBlock, Forwarding> byBlock;

  private Forwardings(IdentityHashMap<ServerBlock, Forwarding> byBlock) {
    this.byBlock = byBlock;
  }

  /// Those of another Corefile. What is to do the same as before goes on.
  ///
  /// @throws CommandFailure if a certificate or a key cannot be used
  Forwardings next(Corefile before, Corefile corefile, ProxyMetrics upstreams, WaitingRoom room) {
    Map<Key, Deque<Forwarding>> running = running(before);
    IdentityHashMap<ServerBlock, Forwarding> next = new IdentityHashMap<>();
    for (ServerBlock block : corefile.blocks()) {
      Key key = Key.of(block);
      if (key != null) {
        Deque<Forwarding> same = running.get(key);
        Forwarding kept = same == null ? null : same.poll();
        next.put(
            block, kept != null ? kept : ForwardSettings.of(block, key.forward(), upstreams, room));
      }
    }
    return new Forwardings(next);
  }

  private Map<Key, Deque<Forwarding>> running(Corefile corefile) {
    Map<Key, Deque<Forwarding>> running = new HashMap<>();
    for (ServerBlock block : corefile.blocks()) {
      Key key = Key.of(block);
      Forwarding forwarding = byBlock.get(block);
      if (key != null && forwarding != null) {
        running.computeIfAbsent(key, _ -> new ArrayDeque<>()).add(forwarding);
      }
    }
    return running;
  }

  @Nullable Forwarding of(ServerBlock block) {
    return byBlock.get(block);
  }

  Collection<Forwarding> all() {
    return byBlock.values();
  }

  /// Those that are not among the others.
  List<Forwarding> allBut(Forwardings others) {
    List<Forwarding> gone = new ArrayList<>(byBlock.values());
    gone.removeAll(others.byBlock.values());
    return gone;
  }
}
