package io.clusterzone.dns.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MetricTextTest {
  /// A zone's name comes from the Corefile and may hold any octets.
  @ParameterizedTest
  @ValueSource(strings = {"a\"b.", "a\\b.", "a\nb.", "a\\nb.", "\"", "\\", "{},=\"}. ", "\u00e9."})
  void everyValueOfALabelIsReadBackAsItWas(String zone) {
    Scope scope = new Scope("dns://[::1]:53", zone);
    Counters counters = new Counters(1, List.of(scope));
    counters.loop(0).of(scope).request(Protocol.TCP, true, 28, false, 40);
    String text = new Metrics(List.of(new DnsMetrics(counters))).text();
    assertThat(Exposition.samples(text, "coredns_dns_requests_total"))
        .singleElement()
        .satisfies(sample -> {
          assertThat(sample.label("zone")).isEqualTo(zone);
          assertThat(sample.label("server")).isEqualTo("dns://[::1]:53");
        });
  }

  /// A client chooses types; 65,536 of them must not become as many series.
  @Test
  void clientsCannotMakeSeriesWithoutEnd() {
    Scope scope = new Scope("dns://:53", ".");
    Counters counters = new Counters(1, List.of(scope));
    LoopCounters loop = counters.loop(0);
    for (int number = 0; number <= 0xffff; number++) {
      loop.of(scope).request(Protocol.UDP, false, number, false, 40);
      loop.of(scope).response(Protocol.UDP, number, Stage.NONE, 40);
    }
    String text = new Metrics(List.of(new DnsMetrics(counters))).text();
    var requests = Exposition.samples(text, "coredns_dns_requests_total");
    assertThat(requests).hasSize(TypeLabels.COUNT);
    assertThat(requests.stream().mapToDouble(Exposition.Sample::value).sum()).isEqualTo(65_536);
    assertThat(requests).anyMatch(sample -> sample.label("type").equals("other"));
    assertThat(Exposition.samples(text, "coredns_dns_responses_total"))
        .hasSize(ScopeSlots.RCODES)
        .anyMatch(sample -> sample.label("rcode").equals("other"));
  }

  @Test
  void anUpstreamIsOneSeriesHoweverManyDirectivesNameIt() {
    ProxyMetrics proxies = new ProxyMetrics();
    proxies.of("192.0.2.1:53").probeFailed();
    proxies.of("192.0.2.1:53").probeFailed();
    proxies.of("192.0.2.1:53").replied(4095, 1);
    String text = new Metrics(List.of(proxies)).text();
    assertThat(Exposition.samples(text, "coredns_proxy_healthcheck_failures_total"))
        .singleElement()
        .satisfies(sample -> assertThat(sample.value()).isEqualTo(2));
    assertThat(Exposition.samples(text, "coredns_proxy_request_duration_seconds"))
        .allMatch(sample -> sample.label("rcode").equals("other"));
  }
}
