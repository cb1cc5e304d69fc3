package io.clusterzone.k8s.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ObjectKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressIndexTest {
  @Test
  void hasWhatWasAddedAndNotRemoved() {
    for (int seed = 0; seed < 20; seed++) {
      var random = new Random(seed);
      var index = new AddressIndex();
      Map<IpAddress, List<ObjectKey>> model = new HashMap<>();
      int addresses = 1 + random.nextInt(400);
      for (int step = 0; step < 3000; step++) {
        IpAddress address = address(random.nextInt(addresses));
        List<ObjectKey> there = model.computeIfAbsent(address, _ -> new ArrayList<>());
        boolean filling = step / 500 % 2 == 0;
        if (random.nextInt(10) < (filling ? 8 : 2)) {
          var service = new ObjectKey("shop", "s" + random.nextInt(5));
          index.add(address, service);
          there.add(service);
        } else if (!there.isEmpty()) {
          index.remove(address, there.remove(random.nextInt(there.size())));
        }
        assertThat(index.at(address))
            .as("seed %d, step %d", seed, step)
            .containsExactlyInAnyOrderElementsOf(there);
      }
      model.forEach((address, services) ->
          assertThat(index.at(address)).containsExactlyInAnyOrderElementsOf(services));
    }
  }

  /// Among so many a few have one hash, and share a place.
  @Test
  void hasEachOfManyUntilItIsRemoved() {
    int addresses = 200_000;
    var index = new AddressIndex();
    for (int i = 0; i < addresses; i++) {
      index.add(address(i), service(i));
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < addresses; i++) {
      require(index.at(address(i)).contains(service(i)), i);
      order.add(i);
    }
    Collections.shuffle(order, new Random(1));
    for (int i : order) {
      require(index.at(address(i)).contains(service(i)), i);
      index.remove(address(i), service(i));
      require(!index.at(address(i)).contains(service(i)), i);
    }
    for (int i : order) {
      require(index.at(address(i)).isEmpty(), i);
    }
  }

  private static ObjectKey service(int i) {
    return new ObjectKey("shop", "s" + i);
  }

  private static void require(boolean holds, int i) {
    if (!holds) {
      throw new AssertionError("address " + i + ": " + address(i));
    }
  }

  @Test
  void refusesToRemoveWhatIsNotThere() {
    var index = new AddressIndex();
    index.add(address(1), new ObjectKey("shop", "web"));
    assertThatThrownBy(() -> index.remove(address(1), new ObjectKey("shop", "db")))
        .hasMessageContaining("shop/db");
    assertThatThrownBy(() -> index.remove(address(2), new ObjectKey("shop", "web")))
        .hasMessageContaining("shop/web");
  }

  private static IpAddress address(int i) {
    return i % 3 == 0 ? IpAddress.v6(0xfd00L << 48, i) : IpAddress.v4(0x0a000000 + i);
  }
}
