package io.clusterzone.k8s.problem;

import java.util.Comparator;

/// Something wrong in a file that a person wrote, and where. Lines and columns count from 1; 0
/// means the whole file.
///
/// @param subject its name in a line about several of the kind, such as `shop/web`; empty where the
///   message says all
public record Problem(
    ProblemKind kind, String file, int line, int column, String subject, String message) {
  /// The order of a report: by file, then by place.
  public static final Comparator<Problem> BY_PLACE =
      Comparator.comparing(Problem::file)
          .thenComparingInt(Problem::line)
          .thenComparingInt(Problem::column)
          .thenComparing(Problem::message);

  /// A problem with a line of its own.
  public Problem(ProblemKind kind, String file, int line, int column, String message) {
    this(kind, file, line, column, "", message);
  }

  /// The same as one of another kind.
  public Problem ofKind(ProblemKind other) {
    return new Problem(other, file, line, column, subject, message);
  }

  public Level level() {
    return kind.level();
  }

  /// `file:line:column`, without the parts that are not known. Control characters, which a file's
  /// name may hold, are shown as `?`.
  public String place() {
    String place =
        line == 0 ? file : column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    return printable(place);
  }

  /// The message in one line that no terminal obeys.
  public String printableMessage() {
    return printable(message);
  }

  /// The problem's name in a line about several: the subject, or the place.
  String shortName() {
    return subject.isEmpty() ? place() : printable(subject);
  }

  /// `file:line:column: message`.
  @Override
  public String toString() {
    return place() + ": " + printableMessage();
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
