package io.clusterzone.dns.load;

import java.nio.ByteBuffer;

/// A query, and what the reply must be like.
///
/// @param rcode the response code; [#ANY] for any but SERVFAIL
/// @param answers records in the answer section; [#ANY] for any number
@SuppressWarnings("ArrayRecordComponent") // one thread, and nobody compares it
record Query(byte[] message, int rcode, int answers) {
  static final int ANY = -1;

  static Query of(String name, int type, int rcode, int answers) {
    return new Query(Messages.query(name, type), rcode, answers);
  }

  /// What was cut short may have fewer records.
  boolean accepts(ByteBuffer reply) {
    int got = Messages.rcode(reply);
    return (rcode == ANY ? got != Messages.SERVFAIL : got == rcode)
        && (answers == ANY || Messages.answers(reply) == answers || Messages.isTruncated(reply));
  }

  /// Asks it once, on the account of a tally.
  Question counted(Tally tally) {
    return new Question() {
      @Override
      public byte[] message() {
        return message;
      }

      @Override
      public void replied(ByteBuffer reply, long sentNanos, long nowNanos) {
        if (accepts(reply)) {
          tally.right(nowNanos - sentNanos);
        } else {
          tally.wrong(nowNanos - sentNanos, reply);
        }
      }

      @Override
      public void lost(long sentNanos) {
        tally.lost(message, sentNanos);
      }
    };
  }
}
