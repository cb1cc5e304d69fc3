package io.clusterzone.dns.forward;

import io.clusterzone.dns.forward.cache.ResponseCache;
import io.clusterzone.dns.loop.LoopChannels;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// A server block's `forward`, `cache` and `loop`, shared by all event loops.
///
/// It outlives the handlers that use it: a configuration that changes elsewhere keeps what is
/// remembered, the connections, and the questions that wait. Safe on any thread, except where said.
public final class Forwarding implements AutoCloseable {
  private final @Nullable ResponseCache cache;
  private final List<UpstreamGroup> groups;
  private final @Nullable LoopDetector loops;
  private final ConcurrentMap<EventLoop, LoopResolver> resolvers = new ConcurrentHashMap<>();

  /// @param cache null where nothing is remembered
  /// @param groups the lines of `forward` in the order of the file
  /// @param loops null without the directive `loop`
  public Forwarding(
      @Nullable ResponseCache cache, List<UpstreamGroup> groups, @Nullable LoopDetector loops) {
    this.cache = cache;
    this.groups = List.copyOf(groups);
    this.loops = loops;
  }

  public @Nullable ResponseCache cache() {
    return cache;
  }

  public List<UpstreamGroup> groups() {
    return groups;
  }

  /// Looks for upstreams that lead back here; null without the directive `loop`.
  public @Nullable LoopDetector loops() {
    return loops;
  }

  /// The resolver of one event loop; called on its thread.
  public LoopResolver on(LoopChannels channels) {
    return resolvers.computeIfAbsent(channels.loop(), _ -> resolver(channels));
  }

  private LoopResolver resolver(LoopChannels channels) {
    return new LoopResolver(
        cache, groups.stream().map(group -> new LoopUpstreams(group, channels)).toList(), channels);
  }

  /// No handler uses it any more: upstreams are not probed from now on. Questions that wait are
  /// answered, and connections close once they have been idle.
  @Override
  public void close() {
    groups.forEach(UpstreamGroup::close);
    if (loops != null) {
      loops.close();
    }
  }
}
