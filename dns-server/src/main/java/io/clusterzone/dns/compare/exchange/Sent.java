package io.clusterzone.dns.compare.exchange;

import java.nio.ByteBuffer;

/// A query to one server that waits for its reply.
///
/// @param octets the query from index 0 to its limit, with the id under which it is kept; not to be
///   changed
/// @param firstNanos when it was sent first
/// @param deadlineNanos when it is sent again, or given up
/// @param again whether that was the second time
record Sent(UnderWay asked, ByteBuffer octets, long firstNanos, long deadlineNanos, boolean again) {
  int id() {
    return octets.getShort(0) & 0xffff;
  }

  Sent sentAgain(long newDeadlineNanos) {
    return new Sent(asked, octets, firstNanos, newDeadlineNanos, true);
  }
}
