package io.clusterzone.dns.ops;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/// How the directive `errors` of one server block logs.
///
/// @param consolidations the first that fits a message decides
/// @param stacktrace whether an unexpected exception is logged with its stack trace
public record ErrorRules(List<Consolidation> consolidations, boolean stacktrace) {
  /// Each error in a line of its own.
  public static final ErrorRules PLAIN = new ErrorRules(List.of());

  public ErrorRules {
    consolidations = List.copyOf(consolidations);
  }

  /// Rules without stack traces.
  public ErrorRules(List<Consolidation> consolidations) {
    this(consolidations, false);
  }

  /// Messages that are counted, and logged once in a while.
  ///
  /// @param period how long they are counted, from the first one on
  /// @param pattern the regular expression, as it stands in the log
  /// @param matcher tells whether a message is one of them, in time linear in its length
  /// @param level of the line that tells their number: `ERROR`, `WARNING`, `INFO`, `DEBUG`
  public record Consolidation(
      Duration period, String pattern, Predicate<String> matcher, String level) {}
}
