package io.clusterzone.dns.transport.flood;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// When an event loop has fallen behind, on a clock and a loop of its own.
final class LoopPaceTest {
  private static final long MILLIS = 1_000_000;

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final MockTicker clock = Ticker.newMockTicker();
  private int behind;
  private final LoopPace pace = new LoopPace(tasks::add, clock::nanoTime, () -> behind++);

  private void pass(long nanos) {
    clock.advance(nanos, TimeUnit.NANOSECONDS);
  }

  private void endTurn() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  @Test
  void aLoopWithNothingToDoIsNotBehind() {
    pass(1000 * MILLIS);
    assertThat(pace.isBehind()).isFalse();
  }

  /// Work in steps that are too short to be a pause.
  private void work(long millis) {
    for (long i = 0; i < millis; i++) {
      pass(MILLIS);
      pace.isBehind();
    }
  }

  @Test
  void aTurnThatTakesTooLongIsBehindToItsEnd() {
    pace.received();
    work(20);
    assertThat(pace.isBehind()).isFalse();
    pass(1);
    pace.received();
    assertThat(pace.isBehind()).isTrue();
    endTurn();
    assertThat(pace.isBehind()).isFalse();
    assertThat(behind).isZero();
  }

  @Test
  void remembersTheLongestStretchUntilAsked() {
    for (int turn = 0; turn < 3; turn++) {
      pace.received();
      pass(2 * MILLIS);
      pace.leftUnread();
      endTurn();
    }
    pace.received();
    endTurn();
    assertThat(pace.isAtWork()).isFalse();
    assertThat(pace.takeLongestNanos()).isEqualTo(6 * MILLIS);
    assertThat(pace.takeLongestNanos()).isZero();
  }

  @Test
  void turnsThatLeaveDatagramsUnreadAreOneStretch() {
    for (int turn = 0; turn < 11; turn++) {
      assertThat(pace.isBehind()).isFalse();
      pace.received();
      pass(2 * MILLIS);
      pace.leftUnread();
      endTurn();
    }
    assertThat(pace.isBehind()).isTrue();
    assertThat(behind).isOne();
    pace.received();
    assertThat(pace.isBehind()).isTrue();
    assertThat(pace.catchUps()).isZero();
    endTurn();
    assertThat(pace.isBehind()).isFalse();
    assertThat(pace.isAtWork()).isFalse();
    assertThat(pace.catchUps()).isOne();
  }

  @Test
  void aPauseIsNoWork() {
    for (int turn = 0; turn < 9; turn++) {
      pace.received();
      pass(1000 * MILLIS);
      pace.leftUnread();
      endTurn();
      assertThat(pace.isBehind()).isFalse();
      assertThat(pace.isAtWork()).isTrue();
    }
    assertThat(behind).isZero();
  }

  @Test
  void busyTurnsThatCatchUpAreNotBehind() {
    for (int turn = 0; turn < 100; turn++) {
      pace.received();
      pass(15 * MILLIS);
      pace.received();
      assertThat(pace.isBehind()).isFalse();
      endTurn();
    }
  }

  @Test
  void aTurnCostsOneTask() {
    pace.received();
    pace.received();
    pace.leftUnread();
    pace.received();
    assertThat(tasks).hasSize(1);
  }
}
