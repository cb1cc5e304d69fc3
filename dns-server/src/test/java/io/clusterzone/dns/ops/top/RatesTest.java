package io.clusterzone.dns.ops.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.ops.QueryTotals;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RatesTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);
  private QueryTotals totals = QueryTotals.NONE;
  private final Rates rates = new Rates(() -> totals, nanos::get);

  private void pass(double seconds, long good, long bad) {
    nanos.addAndGet((long) (seconds * 1e9));
    totals = new QueryTotals(Map.of("NOERROR", good, "SERVFAIL", bad), Map.of("A", good + bad));
    rates.look();
  }

  @Test
  void thereIsNoneAtFirst() {
    assertThat(rates.now()).isEqualTo(new Rates.Now(0, 0, Map.of(), Map.of()));
  }

  @Test
  void isTheMeanOfTheLastSeconds() {
    pass(2, 100, 0);
    pass(2, 200, 20);
    assertThat(rates.now())
        .isEqualTo(
            new Rates.Now(4, 55, Map.of("NOERROR", 50.0, "SERVFAIL", 5.0), Map.of("A", 55.0)));
    for (int i = 0; i < 10; i++) {
      pass(2, 200 + 2 * i, 20);
    }
    assertThat(rates.now())
        .isEqualTo(new Rates.Now(10, 1, Map.of("NOERROR", 1.0), Map.of("A", 1.0)));
    assertThat(rates.now().rcodes()).doesNotContainKey("SERVFAIL");
  }

  @Test
  void aZoneThatGoesMakesNoRateNegative() {
    pass(2, 1000, 10);
    for (int i = 0; i < 5; i++) {
      pass(2, 5, 10);
    }
    assertThat(rates.now().rcodes()).isEmpty();
    assertThat(rates.now().all()).isZero();
  }
}
