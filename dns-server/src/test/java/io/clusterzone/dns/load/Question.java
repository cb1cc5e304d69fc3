package io.clusterzone.dns.load;

import java.nio.ByteBuffer;

/// One query that waits for its reply. Called by the thread of its [Asker].
interface Question {
  /// The query as octets; the ID is overwritten in what is sent.
  byte[] message();

  /// The reply to just that query has come: its ID, question and QR bit are right.
  ///
  /// @param reply from 0 to its limit
  void replied(ByteBuffer reply, long sentNanos, long nowNanos);

  /// No reply came in time.
  void lost(long sentNanos);
}
