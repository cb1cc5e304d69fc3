package io.clusterzone.k8s.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EndpointListTest {
  private static final List<String> TEXTS = List.of("", "a", "ü", "z".repeat(300));

  @Test
  void isTheListOfWhatWasPutIn() {
    for (int seed = 0; seed < 200; seed++) {
      List<Endpoint> endpoints = endpoints(new Random(seed));
      EndpointList packed = EndpointList.copyOf(endpoints);
      assertThat(packed).as("seed %d", seed).isEqualTo(endpoints).hasSameHashCodeAs(endpoints);
      assertThat(endpoints).isEqualTo(packed);
      for (int i = 0; i < endpoints.size(); i++) {
        assertThat(packed.get(i)).isEqualTo(endpoints.get(i));
      }
    }
  }

  @Test
  void equalsAnotherIfTheEndpointsAreEqual() {
    for (int a = 0; a < 60; a++) {
      for (int b = 0; b < 60; b++) {
        List<Endpoint> one = endpoints(new Random(a));
        List<Endpoint> other = endpoints(new Random(b));
        assertThat(EndpointList.copyOf(one).equals(EndpointList.copyOf(other)))
            .as("%d and %d", a, b)
            .isEqualTo(one.equals(other));
      }
    }
  }

  @Test
  void hasNothingBeyondItsEnds() {
    EndpointList one =
        EndpointList.copyOf(List.of(new Endpoint(List.of(IpAddress.v4(1)), true, "", "", "")));
    assertThatThrownBy(() -> one.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> one.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    Iterator<Endpoint> iterator = one.iterator();
    iterator.next();
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
  }

  private static List<Endpoint> endpoints(Random random) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      List<IpAddress> addresses = new ArrayList<>();
      for (int n = random.nextInt(4); n > 0; n--) {
        addresses.add(
            random.nextBoolean()
                ? IpAddress.v4(random.nextInt())
                : IpAddress.v6(random.nextLong(), random.nextLong()));
      }
      endpoints.add(
          new Endpoint(
              addresses,
              random.nextBoolean(),
              random.nextBoolean(),
              text(random),
              text(random),
              text(random)));
    }
    return endpoints;
  }

  private static String text(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }
}
