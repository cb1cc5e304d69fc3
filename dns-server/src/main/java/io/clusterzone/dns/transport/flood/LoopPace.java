package io.clusterzone.dns.transport.flood;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// The time for which an event loop has been at work without having caught up: the least that its
/// present message has waited. Confined to the loop.
///
/// A stretch of work begins with the first message of a turn of the loop, and ends with a turn that
/// left no UDP socket with datagrams unread. The clock is read once a turn, not once a message;
/// more often only while that matters. A long time between two readings is no work: the process was
/// stopped, by the collector or for want of a processor, and one such pause is made up for before
/// it counts.
public final class LoopPace {
  /// Past this the loop is behind. A full receive buffer of questions that are answered at once is
  /// read in less.
  static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /// The most that the time between two readings counts for.
  public static final long MOST_AT_ONCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Executor loop;
  private final LongSupplier clock;
  private final Runnable whenBehind;
  private final Runnable endTurn = this::endTurn;
  private boolean inTurn;
  private boolean leftUnread;
  private long readNanos;
  private long workNanos;
  private long longestNanos;
  private int catchUps;

  /// @param loop runs tasks at the end of the present turn
  /// @param whenBehind called at the end of each turn that has not caught up for too long
  LoopPace(Executor loop, LongSupplier clock, Runnable whenBehind) {
    this.loop = loop;
    this.clock = clock;
    this.whenBehind = whenBehind;
  }

  public void received() {
    if (inTurn) {
      return;
    }
    inTurn = true;
    readNanos = clock.getAsLong();
    loop.execute(endTurn);
  }

  /// A socket may have more, and has to wait for the loop's next turn.
  public void leftUnread() {
    leftUnread = true;
  }

  private void endTurn() {
    if (leftUnread) {
      readClock();
      longestNanos = Math.max(longestNanos, workNanos);
    } else {
      workNanos = 0;
      catchUps++;
    }
    inTurn = false;
    leftUnread = false;
    if (workNanos > LIMIT_NANOS) {
      whenBehind.run();
    }
  }

  private void readClock() {
    long now = clock.getAsLong();
    workNanos += Math.min(now - readNanos, MOST_AT_ONCE_NANOS);
    readNanos = now;
  }

  public boolean isBehind() {
    if (inTurn) {
      readClock();
    }
    return workNanos > LIMIT_NANOS;
  }

  /// Whether the last turn left datagrams unread.
  boolean isAtWork() {
    return workNanos > 0;
  }

  /// The longest that the loop has been at work without having caught up, since this was asked
  /// last.
  long takeLongestNanos() {
    long longest = longestNanos;
    longestNanos = 0;
    return longest;
  }

  /// The number of turns that have caught up; begins again when it no longer fits.
  int catchUps() {
    return catchUps;
  }
}
