package io.clusterzone.dns.ops.log;

/// A line for the log's thread to write.
sealed interface LogLine {
  /// One query, in the format of the rule that wants it.
  record Query(LogFormat format, LoggedQuery query) implements LogLine {}

  /// One error, which may be counted with others like it instead of being written.
  record Failure(ErrorRules rules, String subject, String message) implements LogLine {}

  /// Text that is ready, of one or more lines.
  ///
  /// @param error whether it goes to the error output
  record Text(String text, boolean error) implements LogLine {}
}
