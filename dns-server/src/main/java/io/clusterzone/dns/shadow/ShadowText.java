package io.clusterzone.dns.shadow;

import io.clusterzone.dns.compare.Deviation;
import io.clusterzone.dns.compare.Judgement.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A report for a person, written from its begin to its end.
final class ShadowText {
  private static final int EXAMPLES = 5;
  private static final Set<Kind> THERE =
      EnumSet.of(Kind.WRONG_THERE, Kind.THEY_DIFFER, Kind.LATER_HERE, Kind.LATER_THERE);

  private final StringBuilder text = new StringBuilder();

  void summary(
      Map<String, Map<String, Long>> peers, Map<String, Long> dropped, Map<Kind, Long> judgements) {
    peers.forEach((to, counts) ->
        line(
            "%s repeated to %s, asked again %s"
                .formatted(
                    number(sum(counts, "asked"), "question"),
                    to,
                    number(sum(counts, "askedAgain"), "time"))));
    line("");
    long agreed = peers.values().stream().mapToLong(counts -> sum(counts, "agreed")).sum();
    long compared = agreed + judgements.values().stream().mapToLong(Long::longValue).sum();
    row("agree", agreed, compared);
    judgements.forEach((kind, number) -> {
      if (number > 0 || kind == Kind.WRONG_HERE) {
        row(kind.toString(), number, compared);
      }
    });
    rest("not decided", peers, "undecided");
    rest("truncated there", peers, "truncated");
    rest("no reply in time", peers, "timeouts");
    dropped.forEach((reason, number) -> {
      if (number > 0) {
        row("left out: " + reason, number, 0);
      }
    });
  }

  private void rest(String label, Map<String, Map<String, Long>> peers, String word) {
    long number = peers.values().stream().mapToLong(counts -> sum(counts, word)).sum();
    if (number > 0) {
      row(label, number, 0);
    }
  }

  private static long sum(Map<String, Long> counts, String word) {
    return counts.getOrDefault(word, 0L);
  }

  private void row(String label, long number, long whole) {
    String share = whole == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100.0 * number / whole);
    line("  %-28s%9s %8s".formatted(label, count(number), share).stripTrailing());
  }

  private static String number(long number, String word) {
    return count(number) + " " + word + (number == 1 ? "" : "s");
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// Differences that look alike.
  void group(List<KeptDifference> group) {
    KeptDifference one = group.getFirst();
    long times = group.stream().mapToLong(KeptDifference::count).sum();
    line("");
    line(
        "%s, %s: %s here, %s there  %s"
            .formatted(
                one.judgement(),
                one.difference().field(),
                one.difference().here(),
                one.difference().there(),
                number(times, "time")));
    Deviation deviation = one.judgement().deviation();
    if (deviation != null) {
      line("  %s: %s".formatted(deviation.rule(), deviation.sentence()));
    }
    group.stream().limit(EXAMPLES).forEach(each -> line("    " + each.question()));
    if (group.size() > EXAMPLES) {
      line("    ...");
    }
  }

  /// A difference with both replies.
  void details(KeptDifference kept) {
    line("");
    line(
        "%s  %s, %s, by %s, %s"
            .formatted(
                kept.question(),
                kept.judgement(),
                kept.difference().field(),
                kept.to(),
                kept.count() == 1
                    ? "at " + kept.first()
                    : "%s times from %s to %s"
                        .formatted(count(kept.count()), kept.first(), kept.last())));
    kept.here().lines().forEach(each -> line("  here   " + each));
    kept.there().lines().forEach(each -> line("  there  " + each));
  }

  /// The outcome in one line.
  void verdict(Map<Kind, Long> judgements, boolean none) {
    line("");
    long here = judgements.getOrDefault(Kind.WRONG_HERE, 0L);
    long there = THERE.stream().mapToLong(kind -> judgements.getOrDefault(kind, 0L)).sum();
    if (none) {
      line("there is no directive shadow");
    } else if (here > 0) {
      line("%s %s wrong here".formatted(count(here), here == 1 ? "answer is" : "answers are"));
    } else if (there > 0) {
      line(
          "nothing is wrong here; %s %s wrong there, or late"
              .formatted(count(there), there == 1 ? "answer is" : "answers are"));
    } else {
      line("nothing is wrong here or there");
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
