package io.clusterzone.k8s.source.yaml;

import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;

/// A file that cannot be read as YAML or JSON to its end: nothing in it is believed.
public final class BrokenFileException extends Exception {
  private final ProblemKind kind;
  private final int line;
  private final int column;

  public BrokenFileException(int line, int column, String message) {
    this(ProblemKind.NOT_YAML, line, column, message);
  }

  private BrokenFileException(ProblemKind kind, int line, int column, String message) {
    super(message);
    this.kind = kind;
    this.line = line;
    this.column = column;
  }

  /// A file whose objects do not fit into memory.
  public static BrokenFileException tooLarge(int line, int column, String message) {
    return new BrokenFileException(ProblemKind.TOO_MANY_OBJECTS, line, column, message);
  }

  /// Whether the place is known; a fault of the text itself is found by `TextFault`.
  public boolean isPlaced() {
    return line > 0;
  }

  public BrokenFileException at(int faultLine, int faultColumn) {
    return new BrokenFileException(faultLine, faultColumn, String.valueOf(getMessage()));
  }

  /// The same failure of a file that has to be filled in before it is YAML.
  public BrokenFileException ofTemplate() {
    return new BrokenFileException(
        ProblemKind.TEMPLATE, line, column, "a template, not YAML; render it first");
  }

  public Problem in(String file) {
    return new Problem(kind, file, line, column, file, String.valueOf(getMessage()));
  }
}
