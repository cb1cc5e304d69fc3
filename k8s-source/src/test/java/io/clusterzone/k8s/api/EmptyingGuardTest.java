package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.api.connect.FakeTiming;
import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Make before break, on a clock of its own.
final class EmptyingGuardTest {
  private static final long HOLD = 1000;

  private final FakeTiming timing = new FakeTiming();
  private final EmptyingGuard guard = new EmptyingGuard(timing, HOLD);
  private final Map<ObjectKey, EndpointSlice> known = new HashMap<>();

  private static EndpointSlice slice(String name, String... ips) {
    return Samples.slice("db", name, ips);
  }

  private List<ClusterEvent> put(EndpointSlice slice) {
    return change(known.put(slice.key(), slice), slice, new ClusterEvent.Put(slice));
  }

  private List<ClusterEvent> remove(String name) {
    var key = Samples.key(name);
    return change(known.remove(key), null, new ClusterEvent.Remove(Kind.ENDPOINT_SLICE, key));
  }

  private List<ClusterEvent> change(
      @Nullable EndpointSlice before, @Nullable EndpointSlice after, ClusterEvent event) {
    var batch = new ArrayList<ClusterEvent>();
    guard.change(before, after, event, batch);
    return batch;
  }

  private List<ClusterEvent> due() {
    var batch = new ArrayList<ClusterEvent>();
    guard.releaseDue(batch);
    return batch;
  }

  private static ClusterEvent put(String name, String... ips) {
    return new ClusterEvent.Put(slice(name, ips));
  }

  private static ClusterEvent removed(String name) {
    return new ClusterEvent.Remove(Kind.ENDPOINT_SLICE, Samples.key(name));
  }

  @Test
  void aSliceThatIsReplacedGoesWhenTheNextHasCome() {
    put(slice("a", "10.0.0.1"));
    assertThat(remove("a")).isEmpty();
    assertThat(put(slice("b", "10.0.0.1"))).containsExactly(put("b", "10.0.0.1"), removed("a"));
    assertThat(guard.untilDue()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anEndpointThatMovesIsNeverGone() {
    put(slice("a", "10.0.0.1"));
    put(slice("b"));
    assertThat(put(slice("a"))).isEmpty();
    assertThat(put(slice("b", "10.0.0.1"))).containsExactly(put("b", "10.0.0.1"), put("a"));
  }

  @Test
  void whatIsNotReplacedGoesAfterAWhile() {
    put(slice("a", "10.0.0.1"));
    assertThat(remove("a")).isEmpty();
    assertThat(guard.untilDue()).isEqualTo(HOLD);
    timing.advance(HOLD - 1);
    assertThat(due()).isEmpty();
    timing.advance(1);
    assertThat(due()).containsExactly(removed("a"));
  }

  @Test
  void laterChangesOfASliceThatWaitsDoNotMakeItWaitLonger() {
    put(slice("a", "10.0.0.1", "10.0.0.2"));
    assertThat(put(slice("a"))).isEmpty();
    timing.advance(HOLD - 1);
    assertThat(remove("a")).isEmpty();
    timing.advance(1);
    assertThat(due()).containsExactly(removed("a"));
  }

  @Test
  void aSliceThatComesBackIsReported() {
    put(slice("a", "10.0.0.1"));
    remove("a");
    assertThat(put(slice("a", "10.0.0.2"))).containsExactly(put("a", "10.0.0.2"));
    assertThat(guard.untilDue()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void changesThatLeaveAnAddressDoNotWait() {
    put(slice("a", "10.0.0.1", "10.0.0.2"));
    assertThat(put(slice("a", "10.0.0.2"))).hasSize(1);
    put(slice("b", "10.0.0.3"));
    assertThat(remove("b")).hasSize(1);
  }

  @Test
  void eachFamilyCountsForItself() {
    put(slice("a", "10.0.0.1"));
    put(slice("b", "fd00::1"));
    assertThat(remove("a")).isEmpty();
    assertThat(put(slice("c", "fd00::2"))).containsExactly(put("c", "fd00::2"));
    assertThat(put(slice("d", "10.0.0.1"))).containsExactly(put("d", "10.0.0.1"), removed("a"));
  }

  @Test
  void anEndpointThatIsNoLongerReadyGoesAtOnce() {
    put(slice("a", "10.0.0.1"));
    var unready = new Endpoint(Samples.addresses("10.0.0.1"), false, "", "", "");
    var after = new EndpointSlice(Samples.key("a"), "db", "", "", List.of(unready), Samples.PORTS);
    assertThat(put(after)).hasSize(1);
  }

  /// Whatever happens: all is reported in the end, and no Service is empty that need not be.
  @Test
  void reportsTheFinalStateOfAnySequence() {
    for (int seed = 0; seed < 300; seed++) {
      known.clear();
      var fresh = new EmptyingGuardTest();
      var random = new Random(seed);
      var reported = new HashMap<ObjectKey, EndpointSlice>();
      for (int step = 0; step < 60; step++) {
        String name = "s" + random.nextInt(4);
        var events =
            random.nextInt(3) == 0
                ? fresh.known.containsKey(Samples.key(name)) ? fresh.remove(name) : fresh.due()
                : fresh.put(
                    random.nextBoolean()
                        ? slice(name, "10.0.0." + random.nextInt(5))
                        : slice(name));
        fresh.timing.advance(random.nextInt(300));
        apply(events, reported);
        if (addresses(fresh.known) > 0) {
          assertThat(addresses(reported)).as("seed %d step %d", seed, step).isPositive();
        }
      }
      fresh.timing.advance(HOLD);
      apply(fresh.due(), reported);
      assertThat(reported).as("seed %d", seed).isEqualTo(fresh.known);
    }
  }

  private static void apply(List<ClusterEvent> events, Map<ObjectKey, EndpointSlice> to) {
    for (ClusterEvent event : events) {
      switch (event) {
        case ClusterEvent.Put(var object) -> to.put(object.key(), (EndpointSlice) object);
        case ClusterEvent.Remove(_, var key) -> to.remove(key);
        case ClusterEvent.Restored _, ClusterEvent.Synced _ -> {}
      }
    }
  }

  private static long addresses(Map<ObjectKey, EndpointSlice> slices) {
    return slices.values().stream()
        .flatMap(slice -> slice.endpoints().stream())
        .filter(Endpoint::ready)
        .flatMap(endpoint -> endpoint.addresses().stream())
        .filter(IpAddress::isV4)
        .count();
  }
}
