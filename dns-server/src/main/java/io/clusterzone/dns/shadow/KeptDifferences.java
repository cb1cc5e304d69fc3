package io.clusterzone.dns.shadow;

import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.dns.compare.Deviation;
import io.clusterzone.dns.compare.Difference;
import io.clusterzone.dns.compare.Finding;
import io.clusterzone.dns.compare.Judgement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The differences that were found last, each question of a class once, the one found last at the
/// end. Written by the thread "shadow", read by any.
final class KeptDifferences {
  /// The time for which a judgement holds without asking again.
  private static final Duration VALID = Duration.ofMinutes(1);

  private record Key(String name, String type) {
    static Key of(ComparedQuestion question) {
      return new Key(question.name().toString(), question.typeText());
    }
  }

  /// @param judged when it was last asked again
  private record Entry(KeptDifference shown, Judgement judgement, Instant judged) {}

  private final int most;
  private final InstantSource clock;
  private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>();

  /// @param most that are kept
  KeptDifferences(int most, InstantSource clock) {
    this.most = most;
    this.clock = clock;
  }

  /// The judgement of the same difference, if that is not long ago; it is counted there then.
  synchronized @Nullable Judgement repeated(ComparedQuestion question, Difference difference) {
    Key key = Key.of(question);
    Entry entry = entries.get(key);
    Instant now = clock.instant();
    if (entry == null
        || !isStill(entry.judgement.kind())
        || entry.judged.plus(VALID).isBefore(now)
        || !entry.shown.isSame(difference)) {
      return null;
    }
    entries.remove(key);
    entries.put(key, new Entry(entry.shown.again(now), entry.judgement, entry.judged));
    return entry.judgement;
  }

  /// Whether a difference of this class is there until somebody does something.
  private static boolean isStill(Judgement.Kind kind) {
    return switch (kind) {
      case WRONG_HERE, WRONG_THERE, THEY_DIFFER, OUTSIDE_VARIES, OWN_NAMES -> true;
      case LATER_HERE, LATER_THERE, NOT_REPRODUCIBLE, TTL_ONLY, ORDER -> false;
    };
  }

  /// Keeps a difference, in the place of an earlier one of the same question.
  ///
  /// @param to the address that was asked
  /// @param replies that differed so
  synchronized void keep(Finding finding, String to, int replies) {
    Key key = Key.of(finding.question());
    Instant now = clock.instant();
    Entry before = entries.remove(key);
    KeptDifference next = shown(finding, to, now, replies);
    if (before != null && before.judgement.equals(finding.judgement())) {
      next = next.after(before.shown);
    }
    entries.put(key, new Entry(next, finding.judgement(), now));
    if (entries.size() > most) {
      entries.pollFirstEntry();
    }
  }

  private static KeptDifference shown(Finding finding, String to, Instant now, int replies) {
    Difference difference = finding.pair().difference();
    Deviation deviation = finding.judgement().deviation();
    return new KeptDifference(
        finding.question().name().toString(),
        finding.question().typeText(),
        to,
        difference.field().toString(),
        difference.here(),
        difference.there(),
        finding.judgement().kind().name().toLowerCase(Locale.ROOT),
        deviation == null ? "" : deviation.toString(),
        deviation == null ? "" : deviation.rule() + ": " + deviation.sentence(),
        AnswerText.lines(finding.pair().here()),
        AnswerText.lines(finding.pair().there()),
        now,
        now,
        replies);
  }

  /// All of them, the one found last at the begin.
  synchronized List<KeptDifference> all() {
    return entries.values().stream().map(Entry::shown).toList().reversed();
  }
}
