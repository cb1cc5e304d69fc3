package io.clusterzone.dns.report;

import io.clusterzone.k8s.problem.Level;
import io.clusterzone.k8s.problem.ProblemLine;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/// A report for a person: a line for each problem, or for many of one kind, and last what was
/// looked at.
final class TextReport {
  private TextReport() {}

  static String of(Report report, Ansi colour) {
    var text = new StringBuilder();
    for (ProblemLine line : ProblemLine.of(report.problems())) {
      if (!line.place().isEmpty()) {
        text.append(styled(line.place() + ":", colour, Style.bold)).append(' ');
      }
      Level level = line.kind().level();
      text.append(styled(level + ":", colour, Style.bold, colourOf(level)))
          .append(' ')
          .append(line.text())
          .append(styled(" [" + line.kind().code() + "]", colour, Style.faint))
          .append('\n');
    }
    return text.append(lookedAt(report)).append('\n').toString();
  }

  private static IStyle colourOf(Level level) {
    return switch (level) {
      case ERROR -> Style.fg_red;
      case WARNING -> Style.fg_yellow;
      case NOTE -> Style.fg_cyan;
    };
  }

  /// Ends with a reset: the end of bold alone (21) is a double underline to many terminals.
  private static String styled(String text, Ansi colour, IStyle... styles) {
    return colour.enabled() ? Style.on(styles) + text + Style.reset.on() : text;
  }

  private static String lookedAt(Report report) {
    List<String> parts = new ArrayList<>();
    if (report.blocks() > 0) {
      parts.add(
          Counted.of(report.blocks(), "block")
              + ", "
              + Counted.of(report.directives(), "directive"));
    }
    if (report.files() > 0 || report.blocks() == 0) {
      parts.add(
          Counted.of(report.objects(), "object") + " in " + Counted.of(report.files(), "file"));
    }
    parts.add(found(report));
    return String.join("; ", parts);
  }

  private static String found(Report report) {
    List<String> counts = new ArrayList<>();
    for (Level level : Level.values()) {
      if (report.has(level)) {
        counts.add(Counted.of(report.count(level), level.toString()));
      }
    }
    return counts.isEmpty() ? "no problems" : String.join(", ", counts);
  }
}
