package io.clusterzone.dns.transport.flood;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.transport.flood.FloodControl.Pace;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An event loop with a queue, simulated from period to period under random floods, while what it
/// can take changes.
final class FloodControlModelTest {
  private static final int ROUNDS = 200;

  /// Time to find out what a loop can take by now.
  private static final int SETTLE = 60;

  private static final int QUEUE = 1_000;

  private final FloodControl control = new FloodControl();
  private double queued;
  private double taken;

  /// One period; datagrams of it.
  private void pass(double capacity, double sent) {
    boolean wasLimiting = control.isLimiting();
    double arrived = wasLimiting ? Math.min(sent, control.target()) : sent;
    taken = Math.min(capacity, queued + arrived);
    double left = queued + arrived - taken;
    queued = Math.min(QUEUE, left);
    boolean dropped = left > QUEUE || arrived < sent;
    control.pass(queued > 0 ? Pace.BEHIND : Pace.IN_TIME, dropped, taken, sent);
    assertThat(control.isLimiting() && sent <= control.target()).isFalse();
    assertThat(control.isLimiting() && !wasLimiting && !dropped).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void givesMostOfWhatTheLoopCanTake(long seed) {
    var random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      String place = "seed %d, round %d".formatted(seed, round);
      double capacity = 500 + random.nextInt(5_000);
      double flood = capacity * (1.5 + 20 * random.nextDouble());
      for (int period = 0; period < SETTLE; period++) {
        pass(capacity, flood);
      }
      double sum = 0;
      int behind = 0;
      for (int period = 0; period < SETTLE; period++) {
        pass(capacity, flood);
        sum += taken;
        behind += queued > 0 ? 1 : 0;
        assertThat(control.isLimiting()).as(place).isTrue();
        assertThat(control.target()).as(place).isBetween(0.45 * capacity, 1.25 * capacity);
      }
      assertThat(sum / SETTLE).as(place).isBetween(0.7 * capacity, capacity);
      assertThat(behind).as(place).isLessThan(SETTLE / 2);
      double quiet = 0.3 * capacity * random.nextDouble();
      for (int period = 0; period < SETTLE; period++) {
        pass(capacity, quiet);
      }
      assertThat(control.isLimiting()).as(place).isFalse();
      assertThat(queued).as(place).isZero();
    }
  }
}
