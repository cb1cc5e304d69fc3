package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Cache;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Forward;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.forward.Forwarding;
import io.clusterzone.dns.forward.WaitingRoom;
import io.clusterzone.dns.forward.cache.ResponseCache;
import io.clusterzone.dns.forward.reply.TtlCaps;
import io.clusterzone.dns.ops.ProxyMetrics;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The settings from the options of `forward` and `cache`.
final class ForwardSettingsTest {
  private static Forwarding of(String lines) {
    Corefile.Result result =
        CorefileParser.read("Corefile", ". {\n" + lines + "\n}\n", ParseOptions.ofProcess())
            .result();
    ServerBlock block = ((Corefile.Valid) result).corefile().blocks().getFirst();
    return ForwardSettings.of(
        block,
        Objects.requireNonNull(block.find(Forward.class)),
        null,
        new ProxyMetrics(),
        new WaitingRoom());
  }

  private static Forward.Connections forward(String options) {
    return of("forward . 192.0.2.1 {\n" + options + "\n}")
        .groups()
        .getFirst()
        .route()
        .connections();
  }

  private static Cache cache(String options) {
    ResponseCache cache = of("forward . 192.0.2.1\ncache {\n" + options + "\n}").cache();
    return Objects.requireNonNull(cache).options();
  }

  @Test
  void oneUpstreamHasAllOfALongReadTimeout() {
    assertThat(forward("").readTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(forward("").timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(forward("read_timeout 300ms").readTimeout()).isEqualTo(Duration.ofMillis(300));
    assertThat(forward("read_timeout 300ms").timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(forward("read_timeout 9s").readTimeout()).isEqualTo(Duration.ofSeconds(9));
    assertThat(forward("read_timeout 9s").timeout()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void asksFromTheSourceAddress() {
    assertThat(forward("").source()).isNull();
    assertThat(forward("source_address 127.0.0.9").source())
        .isEqualTo(InetAddress.ofLiteral("127.0.0.9"));
  }

  @Test
  void capsDataAndNegativeAnswersApart() {
    Forwarding forwarding = of("forward . 192.0.2.1\ncache {\n success 9984 30\n denial 9984 5\n}");
    assertThat(forwarding.groups().getFirst().ttlCaps()).isEqualTo(new TtlCaps(30, 5));
  }

  @Test
  void usesExpiredRepliesAsToldTo() {
    assertThat(cache("").stale().isOff()).isTrue();
    assertThat(
            cache("serve_stale 2h verify 100ms 7s 9s\nserve_stale_policy prefer_positive").stale())
        .isEqualTo(
            new Cache.Stale(
                Duration.ofHours(2), true, Duration.ofMillis(100), 7, Duration.ofSeconds(9), true));
  }
}
