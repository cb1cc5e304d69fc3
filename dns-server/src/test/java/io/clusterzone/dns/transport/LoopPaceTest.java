package io.clusterzone.dns.transport;

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
  private final LoopPace pace = new LoopPace(tasks::add, clock);

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

  @Test
  void aTurnThatTakesTooLongIsBehindToItsEnd() {
    pace.received();
    pass(LoopPace.LIMIT_NANOS);
    assertThat(pace.isBehind()).isFalse();
    pass(1);
    pace.received();
    assertThat(pace.isBehind()).isTrue();
    endTurn();
    assertThat(pace.isBehind()).isFalse();
  }

  @Test
  void turnsThatLeaveDatagramsUnreadAreOneStretch() {
    for (int turn = 0; turn < 5; turn++) {
      pace.received();
      pass(5 * MILLIS);
      pace.leftUnread();
      endTurn();
    }
    assertThat(pace.isBehind()).isTrue();
    pace.received();
    assertThat(pace.isBehind()).isTrue();
    endTurn();
    assertThat(pace.isBehind()).isFalse();
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
