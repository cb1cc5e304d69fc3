package io.clusterzone.dns.ops.log;

import io.clusterzone.dns.config.Errors;
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
  /// @param kind the messages, and the way to count them
  /// @param matcher whether a message is one of them, in time linear in its length
  /// @param shown false: not logged at all
  public record Consolidation(Errors.Consolidation kind, Predicate<String> matcher, boolean shown) {
    public Consolidation(Errors.Consolidation kind, boolean shown) {
      this(kind, kind.matcher(), shown);
    }
  }
}
