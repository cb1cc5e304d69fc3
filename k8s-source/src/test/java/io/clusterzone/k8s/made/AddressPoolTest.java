package io.clusterzone.k8s.made;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ObjectKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressPoolTest {
  private static boolean isTaken(IpAddress address) {
    return false;
  }

  private static AddressPool pool(String range) {
    return new AddressPool(AddressRange.parse(range), Integer.MAX_VALUE);
  }

  private static ObjectKey owner(int number) {
    return new ObjectKey("shop", "web-" + number);
  }

  private static @Nullable IpAddress take(AddressPool pool, int owner) {
    return pool.take(owner(owner), -1, AddressPoolTest::isTaken);
  }

  /// What a start gives owners, in the one order that it has.
  private static Map<Integer, IpAddress> start(String range, Set<Integer> owners) {
    AddressPool pool = pool(range);
    Map<Integer, IpAddress> given = new HashMap<>();
    for (int owner : new TreeSet<>(owners)) {
      @Nullable IpAddress address = take(pool, owner);
      if (address != null) {
        given.put(owner, address);
      }
    }
    return given;
  }

  /// These stand here so that no later version gives others.
  @ParameterizedTest
  @CsvSource({
    "10.96.0.0/16, 1, 10.96.85.253",
    "10.96.0.0/16, 2, 10.96.114.249",
    "10.0.0.0/24, 1, 10.0.0.245",
    "fd00:10:96::/112, 1, fd00:10:96::6a38",
    "fd00:10:244::/64, 1, fd00:10:244:0:bc0:1f3:d4c0:8197"
  })
  void givesTheSameAddressOnEveryMachine(String range, int owner, String address) {
    assertThat(take(pool(range), owner)).hasToString(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/30", "10.0.0.0/29", "10.0.0.0/27", "10.0.0.0/22", "fd00::/120"})
  void givesEveryAddressOnceAndThenNone(String range) {
    AddressPool pool = pool(range);
    int size = Math.toIntExact(pool.range().size());
    Set<IpAddress> given = new HashSet<>();
    for (int i = 0; i < size; i++) {
      assertThat(given.add(take(pool, i))).isTrue();
    }
    assertThat(given).doesNotContainNull();
    assertThat(take(pool, size)).isNull();
    assertThat(pool.owners()).isEqualTo(size);

    pool.leave(owner(0));
    assertThat(take(pool, size)).isNull();
    pool.retry();
    assertThat(take(pool, size)).isNotNull();
    assertThat(take(pool, size + 1)).isNull();
  }

  /// KEP-3070: "min(max($min, cidrSize/$step), $max)" with 16, 16 and 256 addresses stay for those
  /// who choose one, until the others are given.
  @ParameterizedTest
  @CsvSource({"10.0.0.0/28, 0", "10.0.0.0/27, 16", "10.0.0.0/22, 63", "10.0.0.0/16, 256"})
  void givesTheLowerPartLast(String text, int lower) {
    AddressPool pool = pool(text);
    AddressRange range = pool.range();
    Set<IpAddress> kept = new HashSet<>();
    for (int i = 0; i < lower; i++) {
      kept.add(range.at(i));
    }
    for (int i = lower; i < range.size(); i++) {
      assertThat(take(pool, i)).isNotIn(kept);
    }
    for (int i = 0; i < lower; i++) {
      assertThat(take(pool, i)).isIn(kept);
    }
  }

  @Test
  void leavesTakenAddressesAlone() {
    AddressPool pool = pool("10.0.0.0/28");
    Set<IpAddress> taken = Set.of(IpAddress.parse("10.0.0.1"), IpAddress.parse("10.0.0.7"));
    for (int i = 0; i < 12; i++) {
      assertThat(pool.take(owner(i), -1, taken::contains)).isNotNull().isNotIn(taken);
    }
    assertThat(pool.take(owner(12), -1, taken::contains)).isNull();
  }

  @Test
  void triesThePreferredAddressFirst() {
    AddressPool pool = pool("10.0.0.0/24");
    assertThat(pool.take(owner(1), 9, AddressPoolTest::isTaken)).hasToString("10.0.0.10");
    assertThat(pool.take(owner(2), 9, AddressPoolTest::isTaken)).isNotNull();
    assertThat(pool("10.0.0.0/29").take(owner(1), 9, AddressPoolTest::isTaken)).isNotNull();
  }

  @Test
  void hasNoMoreOwnersThanItsLimit() {
    var pool = new AddressPool(AddressRange.parse("10.0.0.0/24"), 2);
    assertThat(take(pool, 1)).isNotNull();
    assertThat(take(pool, 2)).isNotNull();
    assertThat(take(pool, 3)).isNull();
    pool.leave(owner(1));
    pool.retry();
    assertThat(take(pool, 3)).isNotNull();
  }

  /// Without a bound, owners that come and go for ever would fill the memory.
  @Test
  void remembersABoundedNumberOfThoseThatHaveGone() {
    AddressPool pool = pool("fd00::/64");
    for (int i = 0; i < 12_000; i++) {
      take(pool, i);
      pool.leave(owner(i));
    }
    assertThat(pool.owners()).isZero();
    assertThat(pool.remembered()).isEqualTo(10_000);
  }

  /// Whoever has moved has lost its address to another that was moved, or to the newcomer.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void oneMoreMovesThoseAloneThatItCollidesWith(long seed) {
    var random = new Random(seed);
    int moved = 0;
    for (int round = 0; round < 200; round++) {
      Set<Integer> owners = new HashSet<>();
      random.ints(150, 0, 1_000).forEach(owners::add);
      Map<Integer, IpAddress> before = start("10.0.0.0/24", owners);
      int newcomer = 1_000 + random.nextInt(1_000);
      owners.add(newcomer - 1_000 * random.nextInt(2));
      Map<Integer, IpAddress> after = start("10.0.0.0/24", owners);

      Set<IpAddress> changed = new HashSet<>();
      after.forEach((owner, address) -> {
        if (!address.equals(before.get(owner))) {
          changed.add(address);
        }
      });
      before.forEach((owner, address) ->
          assertThat(address.equals(after.get(owner)) || changed.contains(address)).isTrue());
      moved += changed.size();
    }
    // At a load of more than a half a newcomer meets others; it does not shuffle the range.
    assertThat(moved).isBetween(200, 200 * 4);
  }

  /// A pool through which owners come and go: nobody moves, and who comes again is where it was.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void nobodyMovesWhileOthersComeAndGo(long seed) {
    var random = new Random(seed);
    AddressPool pool = pool("10.0.0.0/24");
    Map<Integer, IpAddress> known = new HashMap<>();
    Set<Integer> present = new HashSet<>();
    List<Integer> all = IntStream.range(0, 200).boxed().toList();
    for (int step = 0; step < 5_000; step++) {
      int owner = all.get(random.nextInt(all.size()));
      if (present.remove(owner)) {
        pool.leave(owner(owner));
      } else {
        present.add(owner);
        @Nullable IpAddress address = take(pool, owner);
        assertThat(address).isNotNull().isEqualTo(known.getOrDefault(owner, address));
        known.put(owner, address);
      }
      assertThat(pool.owners()).isEqualTo(present.size());
    }
    assertThat(new HashSet<>(known.values())).hasSameSizeAs(known.keySet());
  }
}
