package io.clusterzone.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// What an event loop is let have, from period to period.
final class FloodControlTest {
  private static final double CAPACITY = 10_000;
  private static final double FLOOD = 100_000;

  private final FloodControl control = new FloodControl();

  private void behind() {
    control.pass(false, true, CAPACITY, FLOOD);
  }

  private void caughtUp(double sent) {
    control.pass(true, true, Math.min(sent, control.target()), sent);
  }

  @Test
  void limitsNobodyAsLongAsTheQueueHasRoom() {
    control.pass(false, false, CAPACITY, CAPACITY);
    assertThat(control.isLimiting()).isFalse();
  }

  @Test
  void limitsNobodyWhoCatchesUpAfterLosses() {
    control.pass(true, true, CAPACITY, FLOOD);
    assertThat(control.isLimiting()).isFalse();
  }

  @Test
  void givesHalfUntilTheQueueIsEmptyThenNearlyAll() {
    behind();
    assertThat(control.isLimiting()).isTrue();
    assertThat(control.target()).isEqualTo(CAPACITY / 2);
    behind();
    assertThat(control.target()).isEqualTo(CAPACITY / 2);
    caughtUp(FLOOD);
    assertThat(control.target()).isCloseTo(0.9 * CAPACITY, within(1.0));
  }

  @Test
  void findsOutWhatTheLoopCanTake() {
    behind();
    for (int period = 0; period < 7; period++) {
      caughtUp(FLOOD);
    }
    assertThat(control.target()).isBetween(CAPACITY, 1.05 * CAPACITY);
    control.pass(false, true, 1.01 * CAPACITY, FLOOD);
    assertThat(control.target()).isCloseTo(0.505 * CAPACITY, within(1.0));
  }

  /// It was measured while something else had the processor.
  @Test
  void soonGivesTenTimesWhatWasMeasuredIfThatCanBeTaken() {
    behind();
    int periods = 0;
    for (; control.target() < 9.9 * CAPACITY; periods++) {
      caughtUp(FLOOD);
    }
    assertThat(periods).isLessThan(40);
  }

  @Test
  void endsWhenNoMoreIsSentThanCanBeTaken() {
    behind();
    caughtUp(FLOOD);
    caughtUp(CAPACITY / 2);
    assertThat(control.isLimiting()).isFalse();
    control.pass(false, false, CAPACITY / 2, CAPACITY / 2);
    assertThat(control.isLimiting()).isFalse();
  }

  @Test
  void learnsNothingFromAPeriodInWhichTheLoopDidNotRun() {
    behind();
    control.pass(false, true, 0, FLOOD);
    assertThat(control.target()).isEqualTo(CAPACITY / 2);
  }
}
