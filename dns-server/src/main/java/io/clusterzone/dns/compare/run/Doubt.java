package io.clusterzone.dns.compare.run;

import io.clusterzone.dns.compare.Answer;
import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.dns.compare.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A question whose answers differ, to be asked again.
///
/// @param dueNanos when
record Doubt(ComparedQuestion question, List<Round> rounds, long dueNanos) {
  /// Rounds after which it is judged: at first, after a second, after the TTL.
  private static final int ROUNDS = 3;

  Doubt {
    rounds = List.copyOf(rounds);
  }

  boolean isLast() {
    return rounds.size() == ROUNDS;
  }

  Doubt after(Round round, long nextNanos) {
    List<Round> more = new ArrayList<>(rounds);
    more.add(round);
    return new Doubt(question, more, nextNanos);
  }

  /// The longest TTL in the last answers, in seconds.
  long ttlSeconds() {
    Round last = rounds.getLast();
    return Stream.concat(Stream.of(last.here()), last.there().stream())
        .mapToLong(
            answer -> answer instanceof Answer.Message message ? message.longestTtlSeconds() : 0)
        .max()
        .orElse(0);
  }
}
