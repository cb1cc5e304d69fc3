package io.clusterzone.dns.forward;

import io.clusterzone.dns.forward.cache.ResponseCache;
import io.clusterzone.dns.loop.LoopChannels;
import io.clusterzone.zones.name.Name;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The directives `forward`, `cache` and `loop` of a server block, as all event loops share them.
///
/// It outlives the handlers that use it: a configuration that changes elsewhere keeps what is
/// remembered, the connections, and the questions that wait. Safe on any thread, except where said.
public final class Forwarding implements AutoCloseable {
  /// One `forward` directive.
  ///
  /// @param from names at or below which it is for
  /// @param next replies at which the next directive is asked
  public record Route(Name from, UpstreamGroup group, LoopResolver.NextOn next) {}

  private final @Nullable ResponseCache cache;
  private final List<Route> routes;
  private final @Nullable LoopDetector loops;
  private final ConcurrentMap<EventLoop, LoopResolver> resolvers = new ConcurrentHashMap<>();

  /// @param cache null where nothing is remembered
  /// @param routes the `forward` directives in the order of the file
  /// @param loops null without the directive `loop`
  public Forwarding(
      @Nullable ResponseCache cache, List<Route> routes, @Nullable LoopDetector loops) {
    this.cache = cache;
    this.routes = List.copyOf(routes);
    this.loops = loops;
  }

  public @Nullable ResponseCache cache() {
    return cache;
  }

  public List<Route> routes() {
    return routes;
  }

  /// Looks for upstreams that lead back here; null without the directive `loop`.
  public @Nullable LoopDetector loops() {
    return loops;
  }

  /// What one event loop resolves with; called on its thread.
  public LoopResolver on(LoopChannels channels) {
    return resolvers.computeIfAbsent(channels.loop(), _ -> resolver(channels));
  }

  private LoopResolver resolver(LoopChannels channels) {
    return new LoopResolver(
        cache,
        routes.stream()
            .map(route ->
                new LoopResolver.Route(
                    route.from(), new LoopUpstreams(route.group(), channels), route.next()))
            .toList(),
        channels);
  }

  /// No handler uses it any more: upstreams are not probed from now on. Questions that wait are
  /// answered, and connections close once they have been idle.
  @Override
  public void close() {
    routes.forEach(route -> route.group().close());
    if (loops != null) {
      loops.close();
    }
  }
}
