package io.clusterzone.dns.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CountersTest {
  private static final Scope CLUSTER = new Scope("dns://:53", "cluster.local.");
  private static final Scope ROOT = new Scope("dns://:53", ".");

  private final Counters counters = new Counters(2, List.of(CLUSTER, ROOT));

  private String text() {
    return new Metrics(List.of(new DnsMetrics(counters))).text();
  }

  @Test
  void sumsWhatTheLoopsCount() {
    counters.loop(0).increment(Event.UDP_RECEIVED);
    counters.loop(1).add(Event.UDP_RECEIVED, 41);
    assertThat(counters.sum(Event.UDP_RECEIVED)).isEqualTo(42);
    assertThat(counters.sum(Event.UDP_SENT)).isZero();
  }

  /// The names and labels that dashboards for CoreDNS ask for.
  @Test
  void writesRequestsAndResponsesUnderTheNamesOfCoreDns() {
    LoopCounters loop = counters.loop(1);
    ScopeCounters cluster = loop.of(CLUSTER);
    cluster.request(Protocol.UDP, false, 1, true, 50);
    cluster.request(Protocol.TCP, true, 28, false, 40);
    loop.of(ROOT).request(Protocol.UDP, false, 65_280, false, 30);
    cluster.response(Protocol.UDP, 3, Stage.KUBERNETES, 120);
    cluster.duration(1_500_000);
    loop.of(ROOT).response(Protocol.UDP, 5, Stage.NONE, 30);
    String scope = "{server=\"dns://:53\",zone=\"cluster.local.\",view=\"\"";
    String root = "{server=\"dns://:53\",zone=\".\",view=\"\"";
    assertThat(text())
        .contains(
            "coredns_dns_requests_total" + scope + ",proto=\"udp\",family=\"1\",type=\"A\"} 1\n",
            "coredns_dns_requests_total" + scope + ",proto=\"tcp\",family=\"2\",type=\"AAAA\"} 1\n",
            "coredns_dns_requests_total" + root + ",proto=\"udp\",family=\"1\",type=\"other\"} 1\n",
            "coredns_dns_do_requests_total" + scope + "} 1\n",
            "coredns_dns_responses_total"
                + scope
                + ",rcode=\"NXDOMAIN\",plugin=\"kubernetes\"} 1\n",
            "coredns_dns_responses_total" + root + ",rcode=\"REFUSED\",plugin=\"\"} 1\n",
            "coredns_dns_response_size_bytes_sum" + scope + ",proto=\"udp\"} 120\n",
            "coredns_dns_response_size_bytes_bucket" + scope + ",proto=\"udp\",le=\"100\"} 0\n",
            "coredns_dns_response_size_bytes_bucket" + scope + ",proto=\"udp\",le=\"200\"} 1\n",
            "coredns_dns_response_size_bytes_bucket" + scope + ",proto=\"udp\",le=\"+Inf\"} 1\n",
            "coredns_dns_request_size_bytes_count" + scope + ",proto=\"tcp\"} 1\n",
            "coredns_dns_request_duration_seconds_bucket" + scope + ",le=\"0.001\"} 0\n",
            "coredns_dns_request_duration_seconds_bucket" + scope + ",le=\"0.002\"} 1\n",
            "coredns_dns_request_duration_seconds_sum" + scope + "} 0.0015\n",
            "coredns_panics_total 0\n",
            "clusterzone_tcp_connections 0\n");
  }

  @Test
  void noNumberOfAClientLeavesItsScope() {
    LoopCounters loop = counters.loop(0);
    for (int number : new int[] {0, 1, 255, 256, 65_535}) {
      loop.of(CLUSTER).request(Protocol.TCP, true, number, false, 12);
      loop.of(CLUSTER).response(Protocol.TCP, number, Stage.WHOAMI, number);
      loop.of(CLUSTER).duration(number * 1_000_000_000L);
    }
    assertThat(text()).doesNotContain("zone=\".\"");
  }

  @Test
  void anUnknownScopeIsAnError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counters.loop(0).of(new Scope("dns://:53", "x.")))
        .withMessageContaining("x.");
  }

  @Test
  void scopesMayComeWhileOthersCount() {
    LoopCounters loop = counters.loop(0);
    ScopeCounters root = loop.of(ROOT);
    root.request(Protocol.UDP, false, 1, false, 50);
    var late = new Scope("dns://:54", ".");
    counters.include(List.of(ROOT, late));
    assertThat(requests(late)).isZero();
    loop.of(late).request(Protocol.UDP, false, 1, false, 50);
    root.request(Protocol.UDP, false, 1, false, 50);
    assertThat(requests(late)).isEqualTo(1);
    assertThat(requests(ROOT)).isEqualTo(2);
  }

  /// What stays goes on; what has gone takes no memory and shows nothing, and begins anew.
  @Test
  void aScopeThatGoesTakesItsNumbersAlong() {
    for (int i = 0; i < 2; i++) {
      counters.loop(i).of(CLUSTER).request(Protocol.UDP, false, 1, false, 50);
      counters.loop(i).of(ROOT).request(Protocol.UDP, false, 1, false, 50);
    }
    counters.retain(Set.of(ROOT));
    assertThat(text()).doesNotContain("cluster.local.");
    assertThat(requests(CLUSTER)).isZero();
    counters.include(List.of(CLUSTER, ROOT));
    assertThat(requests(CLUSTER)).isZero();
    counters.loop(0).of(ROOT).request(Protocol.UDP, false, 1, false, 50);
    assertThat(requests(ROOT)).isEqualTo(3);
  }

  /// Memory and the page have a bound, whatever is asked for; no query goes uncounted.
  @Test
  void zonesBeyondTheBoundAreCountedTogether() {
    List<Scope> zones =
        IntStream.range(0, CountedScope.MOST_TOLD + 10)
            .mapToObj(i -> new Scope("dns://:54", i + ".example."))
            .toList();
    counters.include(zones);
    for (Scope zone : zones) {
      counters.loop(0).of(zone).request(Protocol.UDP, false, 1, false, 50);
      counters.loop(1).of(zone).request(Protocol.UDP, false, 1, false, 50);
    }
    List<Exposition.Sample> samples = Exposition.samples(text(), "coredns_dns_requests_total");
    assertThat(samples).hasSize(CountedScope.MOST_TOLD + 1);
    assertThat(samples.stream().mapToDouble(Exposition.Sample::value).sum())
        .isEqualTo(2 * zones.size());
    assertThat(samples)
        .filteredOn(sample -> sample.label("zone").equals("other"))
        .singleElement()
        .satisfies(other -> assertThat(other.value()).isEqualTo(20));

    // Once there is room, a zone that was among the others is told apart.
    Scope last = zones.getLast();
    counters.include(List.of(last));
    counters.retain(Set.of(last));
    counters.loop(0).of(last).request(Protocol.UDP, false, 1, false, 50);
    counters.include(List.of(last));
    counters.loop(0).of(last).request(Protocol.UDP, false, 1, false, 50);
    assertThat(requests(last)).isEqualTo(2);
    assertThat(counters.told()).isEqualTo(1);
  }

  private long requests(Scope scope) {
    return Scraped.count(counters, scope, "coredns_dns_requests_total", "type", "A");
  }
}
