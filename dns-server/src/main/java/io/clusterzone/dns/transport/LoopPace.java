package io.clusterzone.dns.transport;

import io.netty.util.concurrent.Ticker;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// How long an event loop has been at work without having caught up: as long at the most has the
/// message waited that it is busy with. Confined to the loop.
///
/// A stretch of work begins with the first message of a turn of the loop, and ends with a turn that
/// left no UDP socket with datagrams unread. The clock is read once a stretch, not once a message.
final class LoopPace {
  /// Past this the loop is behind. A pause of the collector is shorter, a full receive buffer of
  /// questions that are answered at once is read in less.
  static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Executor loop;
  private final Ticker clock;
  private final Runnable endTurn = this::endTurn;
  private boolean atWork;
  private boolean inTurn;
  private boolean leftUnread;
  private long sinceNanos;

  /// @param loop runs tasks at the end of the present turn
  LoopPace(Executor loop, Ticker clock) {
    this.loop = loop;
    this.clock = clock;
  }

  /// A message has come.
  void received() {
    if (inTurn) {
      return;
    }
    inTurn = true;
    if (!atWork) {
      atWork = true;
      sinceNanos = clock.nanoTime();
    }
    loop.execute(endTurn);
  }

  /// A socket may have more, and has to wait for the loop's next turn.
  void leftUnread() {
    leftUnread = true;
  }

  private void endTurn() {
    inTurn = false;
    atWork = leftUnread;
    leftUnread = false;
  }

  boolean isBehind() {
    return atWork && clock.nanoTime() - sinceNanos > LIMIT_NANOS;
  }
}
