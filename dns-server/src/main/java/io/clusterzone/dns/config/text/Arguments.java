package io.clusterzone.dns.config.text;

import io.clusterzone.k8s.kept.KeptFile;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.zones.name.Name;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the words of one directive or option, and reports their faults. Every method returns
/// something usable after a problem, so that reading goes on and finds the next.
public final class Arguments {
  private final Line line;
  private final String subject;
  private final Problems problems;

  /// @param subject the line's name in problems: `kubernetes` or `kubernetes ttl`
  public Arguments(Line line, String subject, Problems problems) {
    this.line = line;
    this.subject = subject;
    this.problems = problems;
  }

  public Arguments option(Line option) {
    return new Arguments(option, subject + " " + option.name(), problems);
  }

  /// The first word of the line.
  public String name() {
    return line.name();
  }

  public List<Line> block() {
    return line.block();
  }

  public List<Token> words() {
    return line.words().subList(1, line.words().size());
  }

  public List<String> texts() {
    return words().stream().map(Token::text).toList();
  }

  public int count() {
    return line.words().size() - 1;
  }

  public Token word(int index) {
    return line.words().get(index + 1);
  }

  public String text(int index) {
    return word(index).text();
  }

  public void problem(String message) {
    problem(line.head(), message);
  }

  public void problem(Token at, String message) {
    problem(ProblemKind.ARGUMENT, at, message);
  }

  /// Reports a word in the place of something else.
  public void expected(Token found, String what) {
    problem(found, "expected " + what + ", not \"" + found.text() + "\"");
  }

  /// One of the whole line.
  public void problem(ProblemKind kind, String message) {
    problem(kind, line.head(), message);
  }

  public void problem(ProblemKind kind, Token at, String message) {
    problems.add(kind, at, subject + ": " + message);
  }

  /// One that a server can start in spite of.
  public void mildProblem(ProblemKind kind, Token at, String message) {
    problems.addMild(kind, at, subject + ": " + message);
  }

  /// The path of a file that is to be written; null, and reported as one that a server can start in
  /// spite of, if something else is there that must not be replaced.
  public @Nullable Path keptPath(Token word, KeptFile.Form form) {
    Path path = path(word);
    String refusal = word.text().isEmpty() ? "" : new KeptFile(path, form).refusal();
    if (refusal.isEmpty()) {
      return path;
    }
    String message = "\"" + word.text() + "\" is not written to: " + refusal;
    mildProblem(ProblemKind.NAMED_FILE, word, message);
    return null;
  }

  /// Whether there are this many words; reports if not.
  public boolean has(int least, int most, String expected) {
    if (count() < least) {
      problem("expected " + expected);
    } else if (count() > most) {
      expected(word(most), expected);
    }
    return count() >= least && count() <= most;
  }

  public boolean hasOnlyItsName() {
    return has(0, 0, "nothing after it");
  }

  /// Whether there is one word; reports if there are more.
  public boolean hasOne(String expected) {
    return has(0, 1, expected) && count() == 1;
  }

  public boolean hasSome(String expected) {
    return has(1, Integer.MAX_VALUE - 1, expected);
  }

  public void hasNoBlock() {
    if (line.hasBlock()) {
      problem("it has no block; remove the braces and what is between them");
    }
  }

  public int integer(int index, int least, int most, String unit) {
    try {
      int value = Integer.parseInt(text(index));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Reported below, as a number out of the range is.
    }
    expected(word(index), unit + " from " + least + " to " + most);
    return least;
  }

  public double notNegative(int index, String unit) {
    try {
      double value = Double.parseDouble(text(index));
      if (value >= 0 && Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Reported below, as a number below zero is.
    }
    expected(word(index), unit + ", 0 or more");
    return 0;
  }

  public Duration duration(int index) {
    Duration duration = GoDuration.parse(text(index));
    if (duration == null || duration.isZero()) {
      expected(word(index), "a duration above zero such as 5s, 100ms or 1m30s");
      return Duration.ofSeconds(1);
    }
    return duration;
  }

  /// A duration within bounds, both of them allowed.
  public Duration duration(int index, Duration least, Duration most) {
    Duration duration = GoDuration.parse(text(index));
    if (duration == null || duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      expected(
          word(index),
          "a duration from %s to %s".formatted(GoDuration.format(least), GoDuration.format(most)));
      return least;
    }
    return duration;
  }

  /// The position of a word in a list of keywords; the first one after a problem.
  public int keyword(int index, List<String> keywords) {
    int found = keywords.indexOf(text(index));
    if (found < 0) {
      expected(word(index), String.join(", ", keywords));
    }
    return Math.max(0, found);
  }

  /// One word as a name, in lower case; the root after a problem.
  public Name name(Token word) {
    try {
      return Name.parse(word.text()).folded();
    } catch (IllegalArgumentException e) {
      problem(word, "\"" + word.text() + "\" is no name: " + e.getMessage());
      return Name.ROOT;
    }
  }

  /// One word as the path of a file; the working directory after a problem.
  public Path path(Token word) {
    try {
      if (!word.text().isEmpty()) {
        return Path.of(word.text());
      }
      problem(word, "this path is empty; is an environment variable not set?");
    } catch (InvalidPathException e) {
      problem(word, "this is no path: " + e.getReason());
    }
    return Path.of("");
  }

  /// All words as zones, each a name or a prefix; none of them twice.
  public List<Name> zones() {
    return zones(words());
  }

  public List<Name> zones(List<Token> words) {
    var zones = new LinkedHashSet<Name>();
    for (Token word : words) {
      zones.addAll(zonesOf(word));
      if (zones.size() > ZoneText.MAX_ZONES) {
        problem(word, "more than " + ZoneText.MAX_ZONES + " zones");
        break;
      }
    }
    return List.copyOf(zones);
  }

  private List<Name> zonesOf(Token word) {
    try {
      return ZoneText.zones(word.text());
    } catch (IllegalArgumentException e) {
      problem(word, "\"" + word.text() + "\" is not a zone: " + e.getMessage());
      return List.of();
    }
  }

  /// Reports words that take too many octets.
  public void limit(int octets) {
    for (Token word : words()) {
      if (word.text().getBytes(StandardCharsets.UTF_8).length > octets) {
        problem(word, "at most " + octets + " octets fit");
      }
    }
  }
}
