package io.clusterzone.dns.server;

import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemLine;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A configuration that cannot be served as it stands. The message is for the operator and says
/// what to do: one line, or one for each problem of a file.
public final class Unservable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private Unservable(String message) {
    super(message);
  }

  /// One reason, in one line.
  static Unservable because(String reason) {
    return new Unservable("clusterzone: " + reason);
  }

  /// Files have problems, which name their places themselves.
  static Unservable of(List<Problem> problems) {
    return new Unservable(
        ProblemLine.of(problems).stream()
            .map(ProblemLine::toString)
            .collect(Collectors.joining("\n")));
  }

  /// The message, a line for each problem: in a log too.
  public Stream<String> lines() {
    return String.valueOf(getMessage()).lines();
  }
}
