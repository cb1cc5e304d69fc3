package io.clusterzone.dns.ops.log;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/// The rules by which the directive `errors` of one server block logs.
///
/// @param consolidations the first that fits a message decides
public record ErrorRules(List<Consolidation> consolidations) {
  /// Each error in a line of its own.
  public static final ErrorRules PLAIN = new ErrorRules(List.of());

  public ErrorRules {
    consolidations = List.copyOf(consolidations);
  }

  /// Messages that are counted, and logged once in a while.
  ///
  /// @param period how long they are counted, from the first one on
  /// @param pattern the regular expression, as it stands in the log
  /// @param matcher whether a message is one of them, in time linear in its length
  /// @param writing how they are written
  public record Consolidation(
      Duration period, String pattern, Predicate<String> matcher, Writing writing) {}

  /// The form of counted messages.
  ///
  /// @param level `ERROR`, `WARNING`, `INFO` or `DEBUG`
  /// @param shown false: not at all
  /// @param first whether the first one is written at once, and the number only of more than one
  public record Writing(String level, boolean shown, boolean first) {}
}
