package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Cache;
import io.clusterzone.dns.config.Forward;
import io.clusterzone.dns.config.Loop;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.forward.ForwardOptions;
import io.clusterzone.dns.forward.ForwardTimes;
import io.clusterzone.dns.forward.Forwarding;
import io.clusterzone.dns.forward.LoopDetector;
import io.clusterzone.dns.forward.LoopResolver;
import io.clusterzone.dns.forward.Policy;
import io.clusterzone.dns.forward.Upstream;
import io.clusterzone.dns.forward.UpstreamGroup;
import io.clusterzone.dns.forward.UpstreamTransport;
import io.clusterzone.dns.forward.WaitingRoom;
import io.clusterzone.dns.forward.cache.ResponseCache;
import io.clusterzone.dns.forward.reply.TtlCaps;
import io.clusterzone.dns.ops.ProxyMetrics;
import io.clusterzone.zones.name.Name;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.NetUtil;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// From the directives `forward` and `cache` of a server block to what event loops resolve with.
final class ForwardSettings {
  /// Between two looks at whether an upstream leads back here.
  private static final Duration LOOP_INTERVAL = Duration.ofSeconds(30);

  private ForwardSettings() {}

  /// What the block, which has the directive, forwards with.
  ///
  /// @param kept a cache with the same options; null: a new one if the block wants one
  /// @param upstreams where each upstream is counted
  /// @param room where queries wait
  /// @throws Unservable if a certificate or a key cannot be used
  static Forwarding of(
      ServerBlock block,
      Forward forward,
      @Nullable ResponseCache kept,
      ProxyMetrics upstreams,
      WaitingRoom room) {
    Cache cache = block.find(Cache.class);
    TtlCaps caps = cache == null ? TtlCaps.of(Cache.MAX_TTL_SECONDS) : ttlCaps(cache);
    List<Forwarding.Route> routes = new ArrayList<>();
    for (Forward.Route route : forward.routes()) {
      var group = new UpstreamGroup(options(route, caps, upstreams), room);
      var next = new LoopResolver.NextOn(route.next(), route.nextOnNodata());
      for (Name from : route.from()) {
        routes.add(new Forwarding.Route(from, group, next));
      }
    }
    return new Forwarding(
        cache == null ? null : cache(cache, kept),
        routes,
        block.has(Loop.class) ? detector(block, routes) : null);
  }

  private static ResponseCache cache(Cache cache, @Nullable ResponseCache kept) {
    return kept != null ? kept : new ResponseCache(cache, System::nanoTime);
  }

  private static LoopDetector detector(ServerBlock block, List<Forwarding.Route> routes) {
    List<UpstreamGroup> groups = routes.stream().map(Forwarding.Route::group).distinct().toList();
    return new LoopDetector(groups, block.keys().getFirst().zone(), LOOP_INTERVAL);
  }

  private static TtlCaps ttlCaps(Cache cache) {
    return new TtlCaps(cache.success().maxTtlSeconds(), cache.denial().maxTtlSeconds());
  }

  private static ForwardOptions options(Forward.Route route, TtlCaps caps, ProxyMetrics counters) {
    Forward.Health health = route.health();
    Forward.Connections connections = route.connections();
    SslContext tls = route.upstreams().stream().anyMatch(Forward.Upstream::tls) ? tls(route) : null;
    return new ForwardOptions(
        String.join(" ", route.to()),
        route.upstreams().stream().map(one -> upstream(one, tls, counters)).toList(),
        route.except(),
        policy(route.policy()),
        transport(route.transport()),
        health.maxFails(),
        health.interval(),
        health.domain(),
        health.recursion(),
        route.maxConcurrent(),
        route.failover(),
        health.failFast(),
        health.maxAttempts(),
        caps,
        new ForwardTimes(
                ForwardTimes.DEFAULT.attempt(),
                ForwardTimes.DEFAULT.total(),
                connections.expire(),
                connections.maxAge(),
                connections.maxIdle())
            .withAttempt(connections.readTimeout()),
        connections.source());
  }

  private static Upstream upstream(
      Forward.Upstream one, @Nullable SslContext tls, ProxyMetrics counters) {
    return new Upstream(
        one.address(),
        one.tls() ? tls : null,
        one.serverName(),
        counters.of(NetUtil.toSocketAddressString(one.address())));
  }

  /// What their upstreams are counted by.
  static Set<String> addresses(Collection<Forwarding> forwardings) {
    return forwardings.stream()
        .flatMap(forwarding -> forwarding.routes().stream())
        .flatMap(route -> route.group().upstreams().stream())
        .map(upstream -> NetUtil.toSocketAddressString(upstream.address()))
        .collect(Collectors.toSet());
  }

  private static Policy policy(Forward.Policy policy) {
    return switch (policy) {
      case RANDOM -> Policy.RANDOM;
      case ROUND_ROBIN -> Policy.ROUND_ROBIN;
      case SEQUENTIAL -> Policy.SEQUENTIAL;
    };
  }

  private static UpstreamTransport transport(Forward.Transport transport) {
    return switch (transport) {
      case AS_CLIENT -> UpstreamTransport.AS_CLIENT;
      case UDP_FIRST -> UpstreamTransport.UDP_FIRST;
      case TCP -> UpstreamTransport.TCP;
    };
  }

  private static SslContext tls(Forward.Route route) {
    Forward.Tls files = route.tls();
    try {
      SslContextBuilder builder = SslContextBuilder.forClient().protocols("TLSv1.3", "TLSv1.2");
      if (!files.authority().isNone()) {
        builder.trustManager(files.authority().certificates());
      }
      if (!files.certificate().isNone()) {
        builder.keyManager(files.key().key(), files.certificate().certificates());
      }
      return builder.build();
    } catch (SSLException | GeneralSecurityException | IllegalArgumentException e) {
      throw Unservable.because("forward: tls: " + e.getMessage());
    }
  }
}
