package io.clusterzone.zones.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SuffixMapTest {
  private static final int ROUNDS = 3_000;
  private static final int OFFSET = 3;

  private static Name randomName(Random random) {
    Name name = Name.ROOT;
    for (int labels = random.nextInt(6); labels > 0; labels--) {
      name = name.child(random.nextBoolean() ? "a" : "Bb".repeat(1 + random.nextInt(2)));
    }
    return name;
  }

  private static <V> @Nullable V longest(SuffixMap<V> map, Name name) {
    byte[] wire = name.folded().toWire();
    byte[] padded = new byte[OFFSET + wire.length + OFFSET];
    System.arraycopy(wire, 0, padded, OFFSET, wire.length);
    return map.longest(padded, OFFSET, wire.length);
  }

  /// Against a walk over all keys.
  @Test
  void findsTheLongestKeyThatTheNameIsAtOrBelow() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      Map<Name, Integer> values = new HashMap<>();
      for (int i = random.nextInt(30); i > 0; i--) {
        values.put(randomName(random), i);
      }
      Name name = randomName(random);
      Integer expected =
          values.keySet().stream()
              .filter(name::isAtOrBelow)
              .max(Comparator.comparingInt(Name::length))
              .map(values::get)
              .orElse(null);
      Map<Name, Integer> others = new HashMap<>();
      values.forEach((key, value) -> others.put(key, value + random.nextInt(2)));
      others.put(randomName(random), 0);
      SuffixMap<Integer> map =
          random.nextBoolean() ? SuffixMap.of(values) : SuffixMap.of(others).next(values);
      values.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
      assertThat(map.get(name)).isEqualTo(values.get(name));
      assertThat(longest(map, name))
          .as("seed %d: %s in %s", seed, name, values)
          .isEqualTo(expected);
    }
  }

  @Test
  void holdsManyKeysOfOneLength() {
    List<Name> names =
        IntStream.range(1000, 9000).mapToObj(i -> Name.parse(i + ".example.")).toList();
    SuffixMap<Name> map = SuffixMap.of(names);
    for (Name name : names) {
      assertThat(longest(map, name.child("www"))).isEqualTo(name);
    }
    assertThat(longest(map, Name.parse("9000.example."))).isNull();
  }

  @Test
  void anEmptyMapHasNothing() {
    assertThat(longest(SuffixMap.of(List.of()), Name.ROOT)).isNull();
  }
}
