package io.clusterzone.dns.shadow;

import io.clusterzone.dns.compare.AnswerText;
import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.dns.compare.Difference;
import io.clusterzone.dns.compare.Finding;
import io.clusterzone.dns.compare.Judgement;
import io.clusterzone.dns.compare.run.Kept;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The differences that were found last, one of each question, the one found last at the end.
/// Written by the thread "shadow", read by any.
final class KeptDifferences {
  /// The time for which a judgement holds without asking again.
  private static final Duration VALID = Duration.ofMinutes(1);

  /// Characters of a reply that are kept.
  private static final int MOST_CHARACTERS = 2000;

  /// @param judged when the question was last asked again
  private record Entry(KeptDifference shown, Instant judged) {}

  private final int most;
  private final InstantSource clock;
  private final LinkedHashMap<String, Entry> byQuestion = new LinkedHashMap<>();

  /// @param most that are kept
  KeptDifferences(int most, InstantSource clock) {
    this.most = most;
    this.clock = clock;
  }

  /// The judgement of the same difference, if that is not long ago; it is counted there then.
  synchronized @Nullable Judgement repeated(ComparedQuestion question, Difference difference) {
    String key = Kept.question(question);
    Entry entry = byQuestion.get(key);
    Instant now = clock.instant();
    if (entry == null
        || !isStill(entry.shown.judgement().kind())
        || entry.judged.plus(VALID).isBefore(now)
        || !entry.shown.difference().equals(difference)) {
      return null;
    }
    put(key, new Entry(entry.shown.again(now), entry.judged));
    return entry.shown.judgement();
  }

  /// Whether a difference of this class is there until somebody does something.
  private static boolean isStill(Judgement.Kind kind) {
    return switch (kind) {
      case WRONG_HERE, WRONG_THERE, THEY_DIFFER, OUTSIDE_VARIES, OWN_NAMES, OPTIONAL -> true;
      case LATER_HERE, LATER_THERE, NOT_REPRODUCIBLE, TTL_ONLY, ORDER -> false;
    };
  }

  /// Keeps a difference, in the place of an earlier one of the same question.
  ///
  /// @param to the address that was asked
  /// @param replies that differed so
  /// @param age of the first of them
  synchronized void keep(Finding finding, String to, int replies, Duration age) {
    String key = Kept.question(finding.question());
    Instant now = clock.instant();
    KeptDifference next =
        new KeptDifference(
            key,
            to,
            finding.judgement(),
            finding.pair().difference(),
            AnswerText.of(finding.pair().here(), MOST_CHARACTERS),
            AnswerText.of(finding.pair().there(), MOST_CHARACTERS),
            now.minus(age),
            now,
            replies);
    Entry before = byQuestion.get(key);
    if (before != null && before.shown.judgement().equals(finding.judgement())) {
      next = next.after(before.shown);
    }
    put(key, new Entry(next, now));
    if (byQuestion.size() > most) {
      byQuestion.pollFirstEntry();
    }
  }

  private void put(String key, Entry entry) {
    byQuestion.putLast(key, entry);
  }

  /// All of them, the one found last at the begin.
  synchronized List<KeptDifference> all() {
    return byQuestion.values().stream().map(Entry::shown).toList().reversed();
  }
}
