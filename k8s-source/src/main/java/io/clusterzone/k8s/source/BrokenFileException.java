package io.clusterzone.k8s.source;

import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;

/// A file that cannot be read as YAML or JSON to its end: nothing in it is believed.
final class BrokenFileException extends Exception {
  private final int line;
  private final int column;

  BrokenFileException(int line, int column, String message) {
    super(message);
    this.line = line;
    this.column = column;
  }

  /// Whether the place is known; a fault of the text itself is found by [TextFault].
  boolean isPlaced() {
    return line > 0;
  }

  BrokenFileException at(int faultLine, int faultColumn) {
    return new BrokenFileException(faultLine, faultColumn, String.valueOf(getMessage()));
  }

  Problem in(String file) {
    return new Problem(ProblemKind.NOT_YAML, file, line, column, String.valueOf(getMessage()));
  }
}
