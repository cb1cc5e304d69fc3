package io.clusterzone.dns.transport.flood;

/// The rate of datagrams that an event loop admits, adjusted once per period.
///
/// The loop's capacity is the number it took in a period in which it never caught up. It gets half
/// of that until it has caught up, then four fifths, and a little more each time until the queue is
/// long again (after Nichols and Jacobson, Controlling Queue Delay, 2012: a queue that is empty now
/// and then is a good one). The rest is needed: while something else has the processor a queue
/// grows, and with nine tenths of its capacity it would last nine times as long as that.
final class FloodControl {
  /// The loop's progress in a period.
  enum Pace {
    /// It never read all its sockets to the end.
    BEHIND,
    /// It did, but at times datagrams had to wait for long.
    LATE,
    IN_TIME
  }

  private static final double WHILE_BEHIND = 0.5;
  private static final double WHEN_CAUGHT_UP = 0.8;
  private static final double WHEN_LATE = 0.9;

  /// The least part that remains after one such period: a loop that had no processor for most of it
  /// took little, and can still take as much.
  private static final double MOST_LOSS = 0.5;

  private static final double GROWTH = 1.03;

  /// With so much more than it could take when that was measured, it can take more by now.
  private static final double OUTDATED = 1.2;

  private static final double FAST_GROWTH = 1.2;

  private double capacity;
  private double target;
  private boolean wasBehind;
  private boolean limiting;

  /// A period has passed.
  ///
  /// @param dropped whether datagrams were dropped, for whatever reason
  /// @param taken datagrams that were received each second
  /// @param sent the datagrams that have arrived, with those dropped
  void pass(Pace pace, boolean dropped, double taken, double sent) {
    switch (pace) {
      case BEHIND -> {
        if (dropped && taken > 0) {
          capacity = Math.max(taken, MOST_LOSS * capacity);
          target = WHILE_BEHIND * capacity;
          wasBehind = true;
          limiting = true;
        }
      }
      case LATE -> {
        capacity = Math.max(capacity, taken);
        target = Math.max(WHEN_LATE * target, WHILE_BEHIND * capacity);
      }
      case IN_TIME -> {
        double growth = target > OUTDATED * capacity ? FAST_GROWTH : GROWTH;
        target = wasBehind ? WHEN_CAUGHT_UP * capacity : growth * target;
        wasBehind = false;
      }
    }
    limiting &= sent > target;
  }

  /// Whether more is sent than the target. It begins when datagrams are dropped: as long as none
  /// are, a burst fits into the queue.
  boolean isLimiting() {
    return limiting;
  }

  /// Datagrams each second.
  double target() {
    return target;
  }
}
