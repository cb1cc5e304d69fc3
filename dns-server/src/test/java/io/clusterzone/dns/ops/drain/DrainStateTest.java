package io.clusterzone.dns.ops.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Time on a clock of its own, which starts near its end as nanosecond clocks may.
final class DrainStateTest {
  private static final DrainLimits LIMITS =
      new DrainLimits(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(15));

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(2));
  private final AtomicLong queries = new AtomicLong(100);
  private final DrainState drain = new DrainState(nanos::get, queries::get);

  private boolean after(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    return drain.poll();
  }

  @Test
  void answersThroughTheLameduckTimeThoughNobodyAsks() {
    drain.begin(LIMITS);
    assertThat(after(4999)).isFalse();
    assertThat(after(1)).isTrue();
  }

  @Test
  void answersOnWhileQueriesCome() {
    drain.begin(LIMITS);
    assertThat(after(4900)).isFalse();
    queries.incrementAndGet();
    assertThat(after(100)).isFalse();
    assertThat(after(900)).isFalse();
    assertThat(after(100)).isTrue();
  }

  @Test
  void queriesWithoutEndDoNotKeepItUp() {
    drain.begin(LIMITS);
    for (int tenths = 1; tenths < 150; tenths++) {
      queries.incrementAndGet();
      assertThat(after(100)).as("%d tenths of a second", tenths).isFalse();
    }
    queries.incrementAndGet();
    assertThat(after(100)).isTrue();
  }

  @Test
  void stopsAtOnceWhereNobodyWantsALameduck() {
    assertThat(DrainLimits.ofLameduck(Duration.ZERO)).isEqualTo(DrainLimits.NONE);
    drain.begin(DrainLimits.NONE);
    assertThat(drain.poll()).isTrue();
  }

  @Test
  void aSecondSignalDoesNotStartItAnew() {
    drain.begin(LIMITS);
    assertThat(after(4000)).isFalse();
    drain.begin(LIMITS);
    assertThat(after(1000)).isTrue();
  }

  @Test
  void isNotReadyFromTheFirstMoment() {
    AtomicBoolean synced = new AtomicBoolean(true);
    Readiness readiness =
        new Readiness(List.of(new Readiness.Part("kubernetes", synced::get)), false, drain);
    assertThat(readiness.missing()).isEmpty();
    drain.begin(LIMITS);
    assertThat(drain.draining()).isTrue();
    assertThat(readiness.missing()).isEqualTo("shutting down");
  }

  @Test
  void namesWhatIsMissingUntilItHasBeenThere() {
    AtomicBoolean synced = new AtomicBoolean();
    AtomicBoolean loaded = new AtomicBoolean();
    List<Readiness.Part> parts =
        List.of(
            new Readiness.Part("kubernetes", synced::get),
            new Readiness.Part("hosts", loaded::get),
            new Readiness.Part("kubernetes", synced::get));
    Readiness once = new Readiness(parts, false, drain);
    Readiness continuously = new Readiness(parts, true, drain);
    assertThat(once.missing()).isEqualTo("kubernetes,hosts");
    loaded.set(true);
    assertThat(once.missing()).isEqualTo("kubernetes");
    synced.set(true);
    assertThat(once.missing()).isEmpty();
    assertThat(continuously.missing()).isEmpty();
    loaded.set(false);
    assertThat(once.missing()).isEmpty();
    assertThat(continuously.missing()).isEqualTo("hosts");
  }
}
