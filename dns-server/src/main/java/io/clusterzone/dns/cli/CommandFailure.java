package io.clusterzone.dns.cli;

/// Why a command could not do its work: one line for the operator, which says what to do.
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message);
  }

  CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
