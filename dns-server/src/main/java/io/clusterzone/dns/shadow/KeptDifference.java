package io.clusterzone.dns.shadow;

import io.clusterzone.dns.compare.Difference;
import java.time.Instant;
import java.util.List;

/// A difference as it is remembered: nothing of the clients is in it.
///
/// @param to the address of the other server
/// @param field in which the replies differ; `expected` and `got` are its values in short
/// @param judgement the name of its class
/// @param deviation the number of a known deviation of the other server; empty without one
/// @param rule the rule that it breaks; empty without one
/// @param here our reply, a line for the header and one for each record
/// @param there the other server's reply
/// @param count of the replies that differed so
record KeptDifference(
    String name,
    String type,
    String to,
    String field,
    String expected,
    String got,
    String judgement,
    String deviation,
    String rule,
    List<String> here,
    List<String> there,
    Instant first,
    Instant last,
    long count) {
  boolean isSame(Difference difference) {
    return field.equals(difference.field().toString())
        && expected.equals(difference.here())
        && got.equals(difference.there());
  }

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
        name, type, to, field, expected, got, judgement, deviation, rule, here, there, newFirst,
        newLast, newCount);
  }
}
