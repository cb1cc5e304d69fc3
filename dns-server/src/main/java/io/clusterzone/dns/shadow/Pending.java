package io.clusterzone.dns.shadow;

/// A question that waits for the other server. Confined to the thread "shadow".
final class Pending {
  /// The taker of the outcome, called once. It must not ask at once.
  @FunctionalInterface
  interface Listener {
    /// The question has ended.
    ///
    /// @param reply the octets, or [#NOTHING]
    /// @param nanos from the question to the reply
    void ended(byte[] reply, long nanos);
  }

  /// The outcome when no reply came in time. A reply has twelve octets at the least.
  static final byte[] NOTHING = new byte[0];

  final RepeatedQuery query;
  final Peer peer;
  final Lane lane;
  final int id;
  final long sentNanos;
  private final Listener listener;

  /// A reply that had the id and not the question. It counts if none comes that has both: whoever
  /// is off the path and guesses should not be believed (RFC 5452 section 3), but a server that
  /// answers something else should be found out.
  private byte[] odd = NOTHING;

  Pending(RepeatedQuery query, Peer peer, Lane lane, int id, long sentNanos, Listener listener) {
    this.query = query;
    this.peer = peer;
    this.lane = lane;
    this.id = id;
    this.sentNanos = sentNanos;
    this.listener = listener;
  }

  void keepOdd(byte[] reply) {
    odd = reply;
  }

  void answered(byte[] reply, long nowNanos) {
    listener.ended(reply, nowNanos - sentNanos);
  }

  void timedOut(long nowNanos) {
    if (odd.length == 0) {
      peer.counts().timeouts.increment();
    }
    listener.ended(odd, nowNanos - sentNanos);
  }
}
