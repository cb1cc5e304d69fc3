package io.clusterzone.dns.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The arithmetic of the query path against the search through the bounds.
final class BucketIndexTest {
  @Test
  void everySizeOfAMessageFallsWhereTheBoundsSay() {
    for (int octets = 0; octets <= 0xffff; octets++) {
      assertThat(BucketIndex.ofSize(octets))
          .as("%d octets", octets)
          .isEqualTo(Buckets.SIZE.indexOf(octets));
    }
  }

  @Test
  void durationsNextToABoundFallWhereItSays() {
    for (int n = 0; n < 17; n++) {
      for (long offset = -1; offset <= 1; offset++) {
        checkDuration((250_000L << n) + offset);
      }
    }
  }

  @Test
  void anyDurationFallsWhereTheBoundsSay() {
    for (long nanos : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
      checkDuration(nanos);
    }
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      long nanos = random.nextLong() >>> random.nextInt(1, 63);
      assertThat(BucketIndex.ofDuration(nanos))
          .as("%d ns, seed %d", nanos, seed)
          .isEqualTo(Buckets.DURATION.indexOf(nanos));
    }
  }

  private static void checkDuration(long nanos) {
    assertThat(BucketIndex.ofDuration(nanos))
        .as("%d ns", nanos)
        .isEqualTo(Buckets.DURATION.indexOf(nanos));
  }

  @Test
  void everyBucketHasALabel() {
    assertThat(IntStream.range(0, Buckets.HEALTH.places()).mapToObj(Buckets.HEALTH::label))
        .containsExactly("0.00025", "0.0025", "0.025", "0.25", "2.5", "+Inf");
  }
}
