package io.clusterzone.dns.compare.exchange;

/// A query to one server that waits for its reply.
///
/// @param octets the query, with the id under which it is kept
/// @param firstNanos when it was sent first
/// @param deadlineNanos when it is sent again, or given up
/// @param again whether that was the second time
record Sent(UnderWay asked, byte[] octets, long firstNanos, long deadlineNanos, boolean again) {
  private static final int BYTE = 0xff;

  int id() {
    return (octets[0] & BYTE) << 8 | octets[1] & BYTE;
  }

  Sent sentAgain(long newDeadlineNanos) {
    return new Sent(asked, octets, firstNanos, newDeadlineNanos, true);
  }
}
