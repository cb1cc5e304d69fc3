package io.clusterzone.k8s.source;

import java.util.Comparator;

/// Something wrong in a file that a person wrote, and where. Lines and columns count from 1; 0
/// means the whole file.
public record Problem(String file, int line, int column, String message) {
  static final Comparator<Problem> BY_PLACE =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column)
          .thenComparing(Problem::message);

  /// `file:line:column: message`, without the parts that are not known. Control characters, which a
  /// file's name may hold, are shown as `?`.
  @Override
  public String toString() {
    String place =
        line == 0 ? file : column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    return (place + ": " + message).replaceAll("\\p{Cntrl}", "?");
  }
}
