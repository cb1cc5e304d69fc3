package io.clusterzone.dns.ops.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The sketch against an exact count, with the bounds of the paper.
final class SpaceSavingTest {
  private static final int PLACES = 64;

  private record Counted(long count, long error) {}

  private static void add(SpaceSaving sketch, String key, long weight) {
    byte[] memory = ("##" + key + "#").getBytes(StandardCharsets.ISO_8859_1);
    sketch.add(memory, 2, key.length(), weight);
    Arrays.fill(memory, (byte) '?');
  }

  private static Map<String, Counted> counted(SpaceSaving sketch) {
    Map<String, Counted> counted = new HashMap<>();
    sketch.forEach((key, count, error) -> {
      Counted other =
          counted.put(new String(key, StandardCharsets.ISO_8859_1), new Counted(count, error));
      assertThat(other).isNull();
    });
    return counted;
  }

  /// Zipf's law with an exponent: 0 is even, as a flood of random names.
  @ParameterizedTest
  @CsvSource({"1, 0.0, 1", "2, 0.6, 1", "3, 1.0, 1", "4, 1.3, 1", "5, 1.0, 100", "6, 2.0, 7"})
  void boundsWhatIsTrue(long seed, double exponent, int mostWeight) {
    Random random = new Random(seed);
    double[] until = new double[5_000];
    for (int i = 0; i < until.length; i++) {
      until[i] = (i == 0 ? 0 : until[i - 1]) + Math.pow(i + 1, -exponent);
    }
    Map<String, Long> exact = new HashMap<>();
    SpaceSaving sketch = new SpaceSaving(PLACES);
    long total = 0;
    for (int i = 0; i < 100_000; i++) {
      int place = Arrays.binarySearch(until, random.nextDouble() * until[until.length - 1]);
      String key = "name" + Math.abs(place + 1);
      long weight = 1L + random.nextInt(mostWeight);
      exact.merge(key, weight, Long::sum);
      total += weight;
      add(sketch, key, weight);
    }
    Map<String, Counted> counted = counted(sketch);
    assertThat(sketch.total()).as("seed %d", seed).isEqualTo(total);
    assertThat(counted).hasSize(PLACES);
    long sum = 0;
    for (Map.Entry<String, Counted> entry : counted.entrySet()) {
      long truth = exact.getOrDefault(entry.getKey(), 0L);
      Counted found = entry.getValue();
      assertThat(truth)
          .as("seed %d, %s", seed, entry)
          .isBetween(found.count() - found.error(), found.count());
      assertThat(found.error()).isLessThanOrEqualTo(sketch.floor());
      sum += found.count();
    }
    assertThat(sum).as("all weight is in the counts").isEqualTo(total);
    assertThat(sketch.floor()).isLessThanOrEqualTo(total / PLACES);
    for (Map.Entry<String, Long> entry : exact.entrySet()) {
      if (!counted.containsKey(entry.getKey())) {
        assertThat(entry.getValue()).isLessThanOrEqualTo(sketch.floor());
      }
    }
  }

  @Test
  void isExactWhileAllKeysFit() {
    SpaceSaving sketch = new SpaceSaving(PLACES);
    Map<String, Counted> expected = new HashMap<>();
    for (int i = 0; i < PLACES; i++) {
      add(sketch, "k" + i, i + 1);
      add(sketch, "k" + i, 10);
      expected.put("k" + i, new Counted(i + 11, 0));
    }
    assertThat(sketch.floor()).isEqualTo(11);
    assertThat(counted(sketch)).isEqualTo(expected);
  }

  @Test
  void forgetsAll() {
    SpaceSaving sketch = new SpaceSaving(2);
    add(sketch, "a", 5);
    add(sketch, "b", 6);
    add(sketch, "c", 1);
    assertThat(counted(sketch)).containsOnlyKeys("b", "c").containsEntry("c", new Counted(6, 5));
    sketch.clear();
    assertThat(counted(sketch)).isEmpty();
    assertThat(sketch.total() + sketch.floor()).isZero();
    add(sketch, "c", 1);
    assertThat(counted(sketch)).containsExactly(Map.entry("c", new Counted(1, 0)));
  }
}
