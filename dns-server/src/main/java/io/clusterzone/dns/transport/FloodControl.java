package io.clusterzone.dns.transport;

/// How many datagrams an event loop is let have each second, decided from period to period.
///
/// How many it can take is what it took in a period in which it never caught up. It gets half of
/// that until it has caught up, then nine tenths, and a little more each time until it is too much
/// again (after Nichols and Jacobson, Controlling Queue Delay, 2012: a queue that is empty now and
/// then is a good one).
final class FloodControl {
  private static final double WHILE_BEHIND = 0.5;
  private static final double WHEN_CAUGHT_UP = 0.9;
  private static final double GROWTH = 1.02;

  /// With so much more than it could take when that was measured, it can take more by now.
  private static final double OUTDATED = 1.2;

  private static final double FAST_GROWTH = 1.2;

  private double capacity;
  private double target;
  private boolean limiting;

  /// A period has passed.
  ///
  /// @param caughtUp whether the loop has read all its sockets to the end, at least once
  /// @param dropped whether datagrams were dropped, for whatever reason
  /// @param taken datagrams that were received each second
  /// @param sent those that have arrived, with those dropped
  void pass(boolean caughtUp, boolean dropped, double taken, double sent) {
    if (caughtUp) {
      double growth = target > OUTDATED * capacity ? FAST_GROWTH : GROWTH;
      target = Math.max(growth * target, WHEN_CAUGHT_UP * capacity);
    } else if (dropped && taken > 0) {
      capacity = taken;
      target = WHILE_BEHIND * capacity;
      limiting = true;
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
