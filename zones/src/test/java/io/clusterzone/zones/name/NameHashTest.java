package io.clusterzone.zones.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NameHashTest {
  private static final int NAMES = 1_000_000;
  private static final long SEED = 0x243f_6a88_85a3_08d3L;
  private static final long MULTIPLIER = 0x1319_8a2e_0370_7345L;

  private static long hash(byte[] folded, long seed, long multiplier) {
    return NameHash.of(folded, 0, folded.length, seed, multiplier);
  }

  private static byte[] similarName(int number) {
    return Name.parse("svc-" + number + ".ns-" + number % 50 + ".svc.cluster.local.").toWire();
  }

  @Test
  void givesAMillionSimilarNamesDifferentHashes() {
    long[] hashes = new long[NAMES];
    int[] slots = new int[1 << 10];
    for (int i = 0; i < NAMES; i++) {
      byte[] name = similarName(i);
      hashes[i] = NameHash.of(name, 0, name.length);
      slots[(int) hashes[i] & (slots.length - 1)]++;
    }
    assertThat(Arrays.stream(hashes).sorted().distinct().count()).isEqualTo(NAMES);
    // 977 names to a slot with a standard deviation of 31: seven of them are far outside chance.
    assertThat(Arrays.stream(slots).min().orElseThrow()).isGreaterThan(760);
    assertThat(Arrays.stream(slots).max().orElseThrow()).isLessThan(1194);
  }

  @Test
  void dependsOnSeedAndMultiplier() {
    byte[] name = similarName(1);
    long hash = hash(name, SEED, MULTIPLIER);

    assertThat(hash(name, SEED, MULTIPLIER)).isEqualTo(hash);
    assertThat(hash(name, SEED + 1, MULTIPLIER)).isNotEqualTo(hash);
    assertThat(hash(name, SEED, MULTIPLIER + 2)).isNotEqualTo(hash);
  }

  @Test
  void changesHalfOfItsBitsWithEachBitOfAName() {
    long randomSeed = System.nanoTime();
    var random = new Random(randomSeed);
    for (int length = 1; length <= 40; length++) {
      byte[] name = new byte[length];
      long flipped = 0;
      int trials = 0;
      for (int round = 0; round < 20; round++) {
        random.nextBytes(name);
        long before = hash(name, SEED, MULTIPLIER);
        for (int bit = 0; bit < length * 8; bit++, trials++) {
          name[bit / 8] ^= (byte) (1 << bit % 8);
          long after = hash(name, SEED, MULTIPLIER);
          name[bit / 8] ^= (byte) (1 << bit % 8);
          flipped += Long.bitCount(before ^ after);
        }
      }
      double mean = (double) flipped / trials;
      assertThat(mean).as("length %d, seed %d", length, randomSeed).isBetween(30.0, 34.0);
    }
  }

  @Test
  void doesNotDependOnWhereTheNameStands() {
    for (int length = 1; length <= 40; length++) {
      byte[] name = new byte[length];
      new Random(length).nextBytes(name);
      byte[] inside = new byte[length + 11];
      Arrays.fill(inside, (byte) 0x55);
      System.arraycopy(name, 0, inside, 7, length);

      assertThat(NameHash.of(inside, 7, length)).isEqualTo(NameHash.of(name, 0, length));
    }
  }
}
