package io.clusterzone.dns.shadow;

import io.clusterzone.dns.compare.Judgement;
import io.clusterzone.dns.ops.Buckets;
import io.clusterzone.dns.ops.Histogram;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/// The counts of one address of the other server. Safe on any thread.
final class PeerCounts {
  final LongAdder asked = new LongAdder();
  final LongAdder askedAgain = new LongAdder();
  final LongAdder agreed = new LongAdder();
  final LongAdder truncated = new LongAdder();
  final LongAdder undecided = new LongAdder();
  final LongAdder timeouts = new LongAdder();
  final LongAdder failures = new LongAdder();
  private final Map<Judgement.Kind, LongAdder> differences = new EnumMap<>(Judgement.Kind.class);

  /// Times to a reply, in nanoseconds.
  final Histogram durations = new Histogram(Buckets.DURATION);

  /// The lead of the one that learned a change first, in nanoseconds.
  final Histogram learnedHere = new Histogram(Buckets.PROGRAMMING);

  final Histogram learnedThere = new Histogram(Buckets.PROGRAMMING);

  PeerCounts() {
    for (Judgement.Kind kind : Judgement.Kind.values()) {
      differences.put(kind, new LongAdder());
    }
  }

  /// What became of the questions, by name.
  Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("asked", asked.sum());
    counts.put("askedAgain", askedAgain.sum());
    counts.put("agreed", agreed.sum());
    counts.put("truncated", truncated.sum());
    counts.put("undecided", undecided.sum());
    counts.put("timeouts", timeouts.sum());
    counts.put("failures", failures.sum());
    return counts;
  }

  /// The replies that differed and were judged so.
  LongAdder differences(Judgement.Kind kind) {
    return Objects.requireNonNull(differences.get(kind));
  }
}
