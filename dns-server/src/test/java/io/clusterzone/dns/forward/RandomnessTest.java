package io.clusterzone.dns.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/// A million query ids. RFC 5452 section 9.2: "Use an unpredictable query ID for outgoing queries,
/// utilizing the full range available (0-65535)".
///
/// Each test looks at a sum of squares that is distributed as chi-squared with 65,535 degrees of
/// freedom: about normal, and beyond six deviations once in a billion runs.
final class RandomnessTest {
  private static final int DRAWS = 1_000_000;
  private static final int VALUES = 1 << 16;
  private static final double SIX_DEVIATIONS = 6 * Math.sqrt(2.0 * (VALUES - 1));

  /// Ids that one filling of the buffer gives.
  private static final int FILLING = 512;

  private final int[] ids = new int[DRAWS];

  RandomnessTest() {
    var randomness = new Randomness();
    for (int i = 0; i < DRAWS; i++) {
      ids[i] = randomness.id();
    }
  }

  private static void assertUniform(IntUnaryOperator value, int count) {
    int[] seen = new int[VALUES];
    for (int i = 0; i < count; i++) {
      seen[value.applyAsInt(i)]++;
    }
    double expected = (double) count / VALUES;
    double sum = 0;
    for (int each : seen) {
      sum += (each - expected) * (each - expected) / expected;
    }
    assertThat(sum).isBetween(VALUES - 1 - SIX_DEVIATIONS, VALUES - 1 + SIX_DEVIATIONS);
  }

  @Test
  void drawsEveryIdEquallyOften() {
    assertUniform(i -> ids[i], DRAWS);
  }

  @Test
  void drawsIdsThatDoNotDependOnTheOnesBefore() {
    assertUniform(i -> (ids[i] & 0xff00) | (ids[i + 1] >>> 8), DRAWS - 1);
    assertUniform(i -> ((ids[i] & 0xff) << 8) | (ids[i + 1] & 0xff), DRAWS - 1);
    assertUniform(i -> ids[i] ^ ids[i + 1], DRAWS - 1);
  }

  @Test
  void drawsOtherIdsWithEachFillingOfItsBuffer() {
    assertUniform(i -> ids[i] ^ ids[i + FILLING], DRAWS - FILLING);
  }
}
