package io.clusterzone.dns.ops.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.ops.QueryTotals;
import io.clusterzone.dns.ops.top.Dimension.By;
import io.clusterzone.dns.ops.top.QueryTop.Span;
import io.clusterzone.zones.name.Name;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ranks of known queries, on a clock of the test.
final class QueryTopTest {
  private static final int NOERROR = 0;
  private static final int NXDOMAIN = 3;
  private static final int ALL = -1;

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000);
  private final QueryTop top = new QueryTop(2, () -> QueryTotals.NONE, nanos::get);

  @BeforeEach
  void serve() {
    top.serve(true, List.of(Name.parse("Cluster.local"), Name.parse("a.example")));
  }

  @AfterEach
  void close() {
    top.close();
  }

  private void ask(int times, String name, int rcode, String client) {
    ask(times, name, rcode, client, 1000);
  }

  private void ask(int times, String name, int rcode, String client, long took) {
    byte[] wire = Name.parse(name).toFoldedWire();
    byte[] address = InetAddress.ofLiteral(client).getAddress();
    for (int i = 0; i < times; i++) {
      QueryRing ring = top.ring(i % 2);
      if (ring.wants(took)) {
        ring.put(wire, wire.length, 1, rcode, address, took);
      }
      if (i % 50 == 0) {
        top.drain();
      }
    }
    top.drain();
  }

  private List<String> rank(Dimension dimension, int rcode, int most) {
    Ranking ranking = top.rank(Span.MINUTE, dimension, rcode, most);
    List<String> rows =
        new ArrayList<>(ranking.rows().stream().map(row -> row.key() + " " + row.count()).toList());
    rows.add("rest " + ranking.rest() + " of " + ranking.total());
    return rows;
  }

  @Test
  void ranksByEachDimension() {
    ask(5, "web.shop.svc.cluster.local", NOERROR, "10.0.0.1");
    ask(3, "WEB.prod.svc.cluster.local", NXDOMAIN, "10.0.0.2");
    ask(2, "www.example.com", NOERROR, "fd00::1");
    ask(1, ".", NOERROR, "10.0.0.1");
    assertThat(rank(Dimension.of(By.NAME), ALL, 2))
        .containsExactly(
            "web.shop.svc.cluster.local. 5", "web.prod.svc.cluster.local. 3", "rest 3 of 11");
    assertThat(rank(Dimension.of(By.NAMESPACE), ALL, 9))
        .containsExactly("shop 5", "(none) 3", "prod 3", "rest 0 of 11");
    assertThat(rank(Dimension.of(By.CLIENT), ALL, 9))
        .containsExactly("10.0.0.1 6", "10.0.0.2 3", "fd00:0:0:0:0:0:0:1 2", "rest 0 of 11");
    assertThat(rank(new Dimension(By.LABELS, 2), ALL, 9))
        .containsExactly("cluster.local. 8", "example.com. 2", ". 1", "rest 0 of 11");
    assertThat(rank(new Dimension(By.LABELS, 1), ALL, 9))
        .containsExactly("local. 8", "com. 2", ". 1", "rest 0 of 11");
    assertThat(rank(new Dimension(By.LABELS, 6), ALL, 1))
        .containsExactly("web.shop.svc.cluster.local. 5", "rest 6 of 11");
  }

  @Test
  void ranksOneCode() {
    ask(5, "a.example", NOERROR, "10.0.0.1");
    ask(3, "a.example", NXDOMAIN, "10.0.0.1");
    ask(2, "b.example", 5, "10.0.0.1");
    Dimension names = Dimension.of(By.NAME);
    assertThat(rank(names, ALL, 9)).containsExactly("a.example. 8", "b.example. 2", "rest 0 of 10");
    assertThat(rank(names, NOERROR, 9)).containsExactly("a.example. 5", "rest 0 of 5");
    assertThat(rank(names, NXDOMAIN, 9)).containsExactly("a.example. 3", "rest 0 of 3");
    assertThat(rank(names, 2, 9)).containsExactly("rest 0 of 0");
  }

  @ParameterizedTest
  @CsvSource({
    "web.shop.svc.cluster.local, shop",
    "_http._tcp.web.shop.svc.cluster.local, shop",
    "10-0-0-1.shop.pod.cluster.local, shop",
    "shop.svc.cluster.local, shop",
    "web.shop.svc.cluster.local.prod.svc.cluster.local, prod",
    "svc.svc.svc.cluster.local, svc",
    "web.shop.svc.a.example, shop",
    "svc.cluster.local, (none)",
    "cluster.local, (none)",
    "dns-version.cluster.local, (none)",
    "web.shop.svc.b.example, (none)",
    "web.shop.svc.xcluster.local, (none)",
    "shop.xsvc.cluster.local, (none)",
  })
  void knowsTheNamespace(String name, String namespace) {
    ask(1, name, NOERROR, "10.0.0.1");
    assertThat(rank(Dimension.of(By.NAMESPACE), ALL, 9))
        .containsExactly(namespace + " 1", "rest 0 of 1");
  }

  @Test
  void forgetsWhatIsOlderThanTwiceTheSpan() {
    Dimension names = Dimension.of(By.NAME);
    ask(1, "old.example", NOERROR, "10.0.0.1");
    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    ask(1, "new.example", NOERROR, "10.0.0.1");
    assertThat(rank(names, ALL, 9))
        .containsExactly("new.example. 1", "old.example. 1", "rest 0 of 2");
    assertThat(top.coverage(Span.MINUTE)).isEqualTo(new Coverage(Duration.ofSeconds(61), 2, 2));
    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    assertThat(rank(names, ALL, 9)).containsExactly("new.example. 1", "rest 0 of 1");
    nanos.addAndGet(Duration.ofSeconds(121).toNanos());
    assertThat(rank(names, ALL, 9)).containsExactly("rest 0 of 0");
    assertThat(top.rank(Span.TEN_MINUTES, names, ALL, 9).total()).isEqualTo(2);
  }

  @Test
  void ranksTheSlowest() {
    ask(3, "fast.example", NOERROR, "10.0.0.1", 5_000);
    ask(1, "slow.example", NOERROR, "10.0.0.2", 2_000_000_000);
    ask(1, "slow.example", NOERROR, "10.0.0.3", 1_000_000_000);
    ask(1, "failed.example", 2, "10.0.0.4", 3_000_000_000L);
    assertThat(top.slowest(Span.MINUTE, ALL, 2))
        .containsExactly(
            new SlowQuery("failed.example.", 1, "10.0.0.4", 2, 3_000_000_000L),
            new SlowQuery("slow.example.", 1, "10.0.0.2", NOERROR, 2_000_000_000));
    assertThat(top.slowest(Span.MINUTE, NOERROR, 9))
        .extracting(SlowQuery::name)
        .containsExactly("slow.example.", "fast.example.");
  }

  @Test
  void aFloodOfNamesHidesNoFrequentOne() {
    for (int i = 0; i < 20_000; i++) {
      ask(1, "random" + i + ".example", NXDOMAIN, "10.0.0.9");
      if (i % 20 == 0) {
        ask(1, "web.example", NXDOMAIN, "10.0.0.1");
      }
    }
    List<Ranking.Row> rows = top.rank(Span.MINUTE, Dimension.of(By.NAME), ALL, 9).rows();
    assertThat(rows).extracting(Ranking.Row::key).containsExactly("web.example.");
    assertThat(rows.getFirst().count() - rows.getFirst().error()).isLessThanOrEqualTo(1000);
    assertThat(rows.getFirst().count()).isBetween(1000L, 1100L);
  }

  @Test
  void countsNothingWhereNobodyCanLook() {
    top.serve(false, List.of());
    ask(5, "a.example", NOERROR, "10.0.0.1");
    assertThat(top.sampled()).isZero();
  }
}
