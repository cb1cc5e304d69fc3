package io.clusterzone.dns.config.text;

import io.clusterzone.k8s.problem.Level;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects what is wrong while one Corefile is read. A snippet that is imported twice reports
/// once.
public final class Problems {
  /// More than anyone reads; keeps the report of a file that is no Corefile at all short.
  public static final int MAX_PROBLEMS = 100;

  private final String mainFile;
  private final Set<Problem> found = new LinkedHashSet<>();
  private boolean errors;
  private boolean serious;

  /// @param mainFile its problems come first
  public Problems(String mainFile) {
    this.mainFile = mainFile;
  }

  public void add(ProblemKind kind, Token at, String message) {
    add(new Problem(kind, at.file(), at.line(), at.column(), printable(message)));
  }

  public void add(Problem problem) {
    serious |= problem.level() == Level.ERROR;
    collect(problem);
  }

  /// Adds an error that a server can start in spite of.
  void addMild(ProblemKind kind, Token at, String message) {
    collect(new Problem(kind, at.file(), at.line(), at.column(), printable(message)));
  }

  private void collect(Problem problem) {
    errors |= problem.level() == Level.ERROR;
    if (found.size() < MAX_PROBLEMS) {
      found.add(problem);
    }
  }

  /// Messages repeat words of the file, which may hold line breaks and control characters.
  private static String printable(String message) {
    var printable = new StringBuilder(message.length());
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      if (Character.isISOControl(c)) {
        printable.append("\\u%04x".formatted((int) c));
      } else {
        printable.append(c);
      }
    }
    return printable.toString();
  }

  public boolean hasErrors() {
    return errors;
  }

  /// Whether a server can start in spite of all of them.
  public boolean isMild() {
    return !serious;
  }

  /// The problems that do not keep a Corefile from being served, by file, line and column.
  public List<Problem> warnings() {
    return sorted().stream().filter(problem -> problem.level() != Level.ERROR).toList();
  }

  /// All problems, by file, line and column.
  public List<Problem> sorted() {
    var sorted = new ArrayList<>(found);
    sorted.sort(
        Comparator.comparing((Problem problem) -> !problem.file().equals(mainFile))
            .thenComparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparingInt(Problem::column));
    return sorted;
  }
}
