package io.clusterzone.dns.cli;

/// Why a command could not do its work. The message is for the operator and says what to do, in one
/// line.
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

  /// The command line makes no sense.
  static CommandFailure usage(String message) {
    return new CommandFailure(Commands.USAGE, "clusterzone: " + message);
  }

  int exitCode() {
    return exitCode;
  }
}
