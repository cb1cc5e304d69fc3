package io.clusterzone.dns.query;

import io.clusterzone.dns.forward.Forwarder;
import io.clusterzone.dns.forward.LoopChannels;
import io.clusterzone.dns.forward.LoopDetector;
import io.clusterzone.dns.forward.LoopForwarder;
import io.clusterzone.dns.forward.LoopResolver;
import io.clusterzone.dns.forward.ResponseCache;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.QueryView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The directives `forward`, `cache` and `loop` of a server block, as all event loops share them.
///
/// @param cache null where nothing is remembered
/// @param routes the `forward` directives in the order of the file
/// @param loops null without the directive `loop`
public record Forwarding(
    @Nullable ResponseCache cache, List<Route> routes, @Nullable LoopDetector loops) {
  /// One `forward` directive.
  ///
  /// @param from names at or below which it is for
  /// @param next replies at which the next directive is asked
  public record Route(Name from, Forwarder forwarder, LoopResolver.NextOn next) {}

  public Forwarding {
    routes = List.copyOf(routes);
  }

  /// Whether the query is one that this server sent to see whether it comes back.
  boolean recognizes(QueryView query) {
    return loops != null && loops.recognizes(query);
  }

  /// What one event loop resolves with; called on its thread.
  LoopResolver on(LoopChannels channels) {
    if (loops != null) {
      loops.start(channels);
    }
    return new LoopResolver(
        cache,
        routes.stream()
            .map(route ->
                new LoopResolver.Route(
                    route.from(), new LoopForwarder(route.forwarder(), channels), route.next()))
            .toList(),
        channels);
  }
}
