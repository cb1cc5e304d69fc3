package io.clusterzone.dns.cli;

import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemLine;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Why a command could not do its work. The message is for the operator and says what to do: one
/// line, or one for each problem of a file.
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandFailure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /// It did not work.
  static CommandFailure problem(String message) {
    return new CommandFailure(Commands.PROBLEM, "clusterzone: " + message);
  }

  /// Files have problems, which name their places themselves.
  static CommandFailure problems(List<Problem> problems) {
    return new CommandFailure(
        Commands.PROBLEM,
        ProblemLine.of(problems).stream()
            .map(ProblemLine::toString)
            .collect(Collectors.joining("\n")));
  }

  /// The command line makes no sense.
  static CommandFailure usage(String message) {
    return new CommandFailure(Commands.USAGE, "clusterzone: " + message);
  }

  /// The message, a line for each problem: in a log too.
  Stream<String> lines() {
    return String.valueOf(getMessage()).lines();
  }

  int exitCode() {
    return exitCode;
  }
}
