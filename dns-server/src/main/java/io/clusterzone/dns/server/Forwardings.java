package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Cache;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Forward;
import io.clusterzone.dns.config.Loop;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.forward.Forwarding;
import io.clusterzone.dns.forward.WaitingRoom;
import io.clusterzone.dns.forward.cache.ResponseCache;
import io.clusterzone.dns.ops.ProxyMetrics;
import io.clusterzone.zones.name.Name;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The forwarding of the server blocks of a Corefile: one for each block that has `forward`,
/// however many keys and listeners it has, so that they share the cache and the bounds. Immutable;
/// made by the thread that changes the server.
final class Forwardings {
  static final Forwardings NONE = new Forwardings(new IdentityHashMap<>());

  /// The directives it depends on. Blocks that say the same have one each, in the order of the
  /// file.
  private record Key(Forward forward, @Nullable Cache cache, @Nullable Name loop) {
    static @Nullable Key of(ServerBlock block) {
      Forward forward = block.find(Forward.class);
      if (forward == null) {
        return null;
      }
      Name loop = block.has(Loop.class) ? block.keys().getFirst().zone() : null;
      return new Key(forward, block.find(Cache.class), loop);
    }

    static @Nullable Key withoutTexts(ServerBlock block) {
      Key key = of(block);
      return key == null ? null : new Key(key.forward.withoutTexts(), key.cache, key.loop);
    }
  }

  /// The forwardings that may be taken over, each once, by the directives they depend on.
  private static final class Running {
    private final Map<Key, Deque<Forwarding>> byKey = new HashMap<>();
    private final Function<ServerBlock, @Nullable Key> key;

    Running(
        Corefile corefile,
        Map<ServerBlock, Forwarding> byBlock,
        Function<ServerBlock, @Nullable Key> key) {
      this.key = key;
      for (ServerBlock block : corefile.blocks()) {
        Forwarding forwarding = byBlock.get(block);
        if (forwarding != null) {
          byKey.computeIfAbsent(key.apply(block), _ -> new ArrayDeque<>()).add(forwarding);
        }
      }
    }

    @Nullable Forwarding take(ServerBlock block) {
      Deque<Forwarding> same = byKey.get(key.apply(block));
      return same == null ? null : same.poll();
    }
  }

  private final IdentityHashMap<ServerBlock, Forwarding> byBlock;

  private Forwardings(IdentityHashMap<ServerBlock, Forwarding> byBlock) {
    this.byBlock = byBlock;
  }

  /// The forwardings of another Corefile. One that is to do the same as before goes on; where only
  /// the files have changed that `forward` names, the cache stays.
  ///
  /// @throws Unservable if a certificate or a key cannot be used
  Forwardings next(Corefile before, Corefile corefile, ProxyMetrics upstreams, WaitingRoom room) {
    IdentityHashMap<ServerBlock, Forwarding> next = new IdentityHashMap<>();
    var running = new Running(before, byBlock, Key::of);
    for (ServerBlock block : corefile.blocks()) {
      Forwarding same = running.take(block);
      if (same != null) {
        next.put(block, same);
      }
    }
    Set<Forwarding> kept = new HashSet<>(next.values());
    IdentityHashMap<ServerBlock, Forwarding> gone = new IdentityHashMap<>(byBlock);
    gone.values().removeIf(kept::contains);
    var saying = new Running(before, gone, Key::withoutTexts);
    for (ServerBlock block : corefile.blocks()) {
      Forward forward = block.find(Forward.class);
      if (forward != null && !next.containsKey(block)) {
        Forwarding same = saying.take(block);
        ResponseCache cache = same == null ? null : same.cache();
        next.put(block, ForwardSettings.of(block, forward, cache, upstreams, room));
      }
    }
    return new Forwardings(next);
  }

  @Nullable Forwarding of(ServerBlock block) {
    return byBlock.get(block);
  }

  Collection<Forwarding> all() {
    return byBlock.values();
  }

  /// The forwardings that are not among the others.
  List<Forwarding> allBut(Forwardings others) {
    Set<Forwarding> kept = new HashSet<>(others.byBlock.values());
    return byBlock.values().stream().filter(forwarding -> !kept.contains(forwarding)).toList();
  }
}
