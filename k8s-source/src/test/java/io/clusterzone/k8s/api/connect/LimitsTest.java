package io.clusterzone.k8s.api.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Sparing the API server.
final class LimitsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final FakeTiming timing = new FakeTiming();

  @Test
  void aBurstGoesThroughAndThenSoManyASecond() throws Exception {
    var bucket = new TokenBucket(timing, 5, 3);
    var waits = new ArrayList<Long>();
    for (int i = 0; i < 6; i++) {
      waits.add(bucket.take());
    }
    assertThat(waits).containsExactly(0L, 0L, 0L, SECOND / 5, SECOND / 5, SECOND / 5);
    timing.advance(SECOND);
    assertThat(bucket.take()).isZero();
  }

  @Test
  void failuresAreFollowedByLongerAndLongerPausesOfWhichHalfIsChance() {
    var backoff = new Backoff(timing, new Random(1), Duration.ofSeconds(30));
    long expected = Duration.ofMillis(200).toNanos();
    for (int i = 0; i < 12; i++) {
      long wait = backoff.afterFailure(Duration.ZERO);
      assertThat(wait).isBetween(expected / 2, expected);
      timing.advance(wait);
      expected = Math.min(expected * 2, 30 * SECOND);
    }
    backoff.works();
    timing.advance(11 * SECOND);
    assertThat(backoff.afterFailure(Duration.ZERO))
        .as("forgotten when all has gone well for a while")
        .isLessThan(SECOND / 5);
  }

  @Test
  void thePauseTheServerAsksForIsKept() {
    var backoff = new Backoff(timing, new Random(1), Duration.ofSeconds(30));
    assertThat(backoff.afterFailure(Duration.ofSeconds(7)))
        .isBetween(7 * SECOND, 7 * SECOND + SECOND / 5);
  }

  @Test
  void aListCountsUntilItIsClosedAndAWatchUntilItHasBegun() throws Exception {
    var inner = new AtomicInteger();
    var statuses = new ArrayList<Integer>();
    Transport transport = new NeverEnding(inner);
    var observer =
        new ApiObserver() {
          @Override
          public void responded(String host, int status, Duration took) {
            statuses.add(status);
          }
        };
    try (var limited =
        new LimitedTransport(
            transport, () -> "h", new ApiLimits(1000, 1000, 1), timing, observer)) {
      for (int i = 0; i < 3; i++) {
        var _ = limited.get(new Transport.Request("/watch", "", true));
      }
      var list = limited.get(new Transport.Request("/list", "", false));
      var waiting = Thread.ofVirtual().unstarted(() -> getAndIgnore(limited));
      waiting.start();
      assertThat(inner.get()).isEqualTo(4);
      list.close();
      list.close();
      waiting.join();
      assertThat(inner.get()).isEqualTo(5);
      assertThat(statuses).containsOnly(200);
    }
  }

  private static void getAndIgnore(Transport transport) {
    try {
      transport.get(new Transport.Request("/watch", "", true)).close();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void limitsThatLetNothingThroughAreRefused() {
    for (var limits :
        List.of(new double[] {0, 1, 1}, new double[] {1, 0, 1}, new double[] {1, 1, 0})) {
      assertThatThrownBy(() -> new ApiLimits(limits[0], (int) limits[1], (int) limits[2]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /// Answers 200 to all and counts.
  private record NeverEnding(AtomicInteger asked) implements Transport {
    @Override
    public Response get(Request request) {
      asked.incrementAndGet();
      return new Response() {
        @Override
        public int status() {
          return 200;
        }

        @Override
        public String header(String name) {
          return "";
        }

        @Override
        public Piece next(long nanos) {
          return new Piece.Silence();
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }
}
