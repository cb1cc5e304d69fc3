package io.clusterzone.dns.shadow;

import io.clusterzone.dns.compare.Difference;
import io.clusterzone.dns.compare.Judgement;
import java.time.Instant;

/// A difference as it is remembered: nothing of the clients is in it.
///
/// @param question as reports of `compare` write it
/// @param to the address of the other server
/// @param here our reply as text, of a bounded length
/// @param there the other server's reply
/// @param count of the replies that differed so
record KeptDifference(
    String question,
    String to,
    Judgement judgement,
    Difference difference,
    String here,
    String there,
    Instant first,
    Instant last,
    long count) {
  /// Seen once more.
  KeptDifference again(Instant now) {
    return with(first, now, count + 1);
  }

  /// The same, known from an earlier time.
  KeptDifference after(KeptDifference before) {
    return with(before.first, last, before.count + count);
  }

  private KeptDifference with(Instant newFirst, Instant newLast, long newCount) {
    return new KeptDifference(
        question, to, judgement, difference, here, there, newFirst, newLast, newCount);
  }
}
