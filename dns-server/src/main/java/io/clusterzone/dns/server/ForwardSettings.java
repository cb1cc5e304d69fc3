package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Cache;
import io.clusterzone.dns.config.Forward;
import io.clusterzone.dns.config.Loop;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.forward.Forwarding;
import io.clusterzone.dns.forward.LoopDetector;
import io.clusterzone.dns.forward.Upstream;
import io.clusterzone.dns.forward.UpstreamGroup;
import io.clusterzone.dns.forward.WaitingRoom;
import io.clusterzone.dns.forward.cache.ResponseCache;
import io.clusterzone.dns.forward.reply.TtlCaps;
import io.clusterzone.dns.ops.ProxyMetrics;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.NetUtil;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// From a server block's `forward` and `cache` to the forwarding of event loops.
final class ForwardSettings {
  /// Between two looks at whether an upstream leads back here.
  private static final Duration LOOP_INTERVAL = Duration.ofSeconds(30);

  private ForwardSettings() {}

  /// The forwarding of a block that has the directive.
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
    List<UpstreamGroup> groups =
        forward.routes().stream()
            .map(route -> new UpstreamGroup(route, upstreams(route, upstreams), caps, room))
            .toList();
    return new Forwarding(
        cache == null ? null : cache(cache, kept),
        groups,
        block.has(Loop.class)
            ? new LoopDetector(groups, block.keys().getFirst().zone(), LOOP_INTERVAL)
            : null);
  }

  private static ResponseCache cache(Cache cache, @Nullable ResponseCache kept) {
    return kept != null ? kept : new ResponseCache(cache, System::nanoTime);
  }

  private static TtlCaps ttlCaps(Cache cache) {
    return new TtlCaps(cache.success().maxTtlSeconds(), cache.denial().maxTtlSeconds());
  }

  private static List<Upstream> upstreams(Forward.Route route, ProxyMetrics counters) {
    SslContext tls = route.upstreams().stream().anyMatch(Forward.Upstream::tls) ? tls(route) : null;
    return route.upstreams().stream().map(one -> upstream(one, tls, counters)).toList();
  }

  private static Upstream upstream(
      Forward.Upstream one, @Nullable SslContext tls, ProxyMetrics counters) {
    return new Upstream(
        one.address(),
        one.tls() ? tls : null,
        one.serverName(),
        counters.of(NetUtil.toSocketAddressString(one.address())));
  }

  /// The addresses that their upstreams are counted by.
  static Set<String> addresses(Collection<Forwarding> forwardings) {
    return forwardings.stream()
        .flatMap(forwarding -> forwarding.groups().stream())
        .flatMap(group -> group.upstreams().stream())
        .map(upstream -> NetUtil.toSocketAddressString(upstream.address()))
        .collect(Collectors.toSet());
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
