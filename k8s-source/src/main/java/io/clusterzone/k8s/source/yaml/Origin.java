package io.clusterzone.k8s.source.yaml;

import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import java.util.Comparator;

/// The place of an object or a value. Ordered by file, then by place: of two that claim the same
/// thing, the first is served.
public record Origin(String file, int line, int column) implements Comparable<Origin> {
  private static final Comparator<Origin> ORDER =
      Comparator.comparing(Origin::file)
          .thenComparingInt(Origin::line)
          .thenComparingInt(Origin::column);

  @Override
  public int compareTo(Origin other) {
    return ORDER.compare(this, other);
  }

  public Problem problem(ProblemKind kind, String message) {
    return new Problem(kind, file, line, column, message);
  }

  /// One that a line about several calls by its subject.
  public Problem problem(ProblemKind kind, String subject, String message) {
    return new Problem(kind, file, line, column, subject, message);
  }

  /// `file:line`, as a message names another place; without the line where there is none.
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line;
  }
}
