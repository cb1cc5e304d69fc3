package io.clusterzone.dns.transport.flood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clusterzone.dns.transport.flood.FloodControl.Pace;
import org.junit.jupiter.api.Test;

/// The rate that an event loop admits, from period to period.
final class FloodControlTest {
  private static final double CAPACITY = 10_000;
  private static final double FLOOD = 100_000;

  private final FloodControl control = new FloodControl();

  private void behind() {
    control.pass(Pace.BEHIND, true, CAPACITY, FLOOD);
  }

  private void caughtUp(double sent) {
    control.pass(Pace.IN_TIME, true, Math.min(sent, control.target()), sent);
  }

  @Test
  void limitsNobodyAsLongAsTheQueueHasRoom() {
    control.pass(Pace.BEHIND, false, CAPACITY, CAPACITY);
    assertThat(control.isLimiting()).isFalse();
  }

  @Test
  void limitsNobodyWhoCatchesUpAfterLosses() {
    control.pass(Pace.IN_TIME, true, CAPACITY, FLOOD);
    assertThat(control.isLimiting()).isFalse();
  }

  @Test
  void givesHalfUntilTheQueueIsEmptyThenMost() {
    behind();
    assertThat(control.isLimiting()).isTrue();
    assertThat(control.target()).isEqualTo(CAPACITY / 2);
    behind();
    assertThat(control.target()).isEqualTo(CAPACITY / 2);
    caughtUp(FLOOD);
    assertThat(control.target()).isCloseTo(0.8 * CAPACITY, within(1.0));
  }

  @Test
  void findsOutWhatTheLoopCanTake() {
    behind();
    for (int period = 0; period < 9; period++) {
      caughtUp(FLOOD);
    }
    assertThat(control.target()).isBetween(CAPACITY, 1.05 * CAPACITY);
    control.pass(Pace.BEHIND, true, 1.01 * CAPACITY, FLOOD);
    assertThat(control.target()).isCloseTo(0.505 * CAPACITY, within(1.0));
  }

  @Test
  void givesLessWhileThatIsWaitedForButNeverLessThanHalf() {
    behind();
    caughtUp(FLOOD);
    control.pass(Pace.LATE, true, CAPACITY, FLOOD);
    assertThat(control.target()).isCloseTo(0.72 * CAPACITY, within(1.0));
    for (int period = 0; period < 10; period++) {
      control.pass(Pace.LATE, true, CAPACITY, FLOOD);
    }
    assertThat(control.target()).isEqualTo(CAPACITY / 2);
    assertThat(control.isLimiting()).isTrue();
  }

  @Test
  void takesALoopThatStoodStillForNoneThatCanTakeNothing() {
    behind();
    control.pass(Pace.BEHIND, true, 1, FLOOD);
    assertThat(control.target()).isEqualTo(CAPACITY / 4);
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
    control.pass(Pace.BEHIND, false, CAPACITY / 2, CAPACITY / 2);
    assertThat(control.isLimiting()).isFalse();
  }

  @Test
  void learnsNothingFromAPeriodInWhichTheLoopDidNotRun() {
    behind();
    control.pass(Pace.BEHIND, true, 0, FLOOD);
    assertThat(control.target()).isEqualTo(CAPACITY / 2);
  }
}
