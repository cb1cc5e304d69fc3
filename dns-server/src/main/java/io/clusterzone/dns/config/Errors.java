package io.clusterzone.dns.config;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/// `errors`: logs what went wrong while a query was answered.
///
/// @param stacktrace whether an unexpected exception is logged with its stack trace
/// @param consolidations which messages are counted and logged once in a while; the first that fits
///   a message decides
public record Errors(boolean stacktrace, List<Consolidation> consolidations) implements Directive {
  public static final Errors DEFAULT = new Errors(false, List.of());

  public Errors {
    consolidations = List.copyOf(consolidations);
  }

  /// The level of a consolidated message.
  public enum Level {
    ERROR,
    WARNING,
    INFO,
    DEBUG
  }

  /// Messages that are counted and logged once in a while.
  ///
  /// @param period the time for which messages are counted, from the first one on
  /// @param pattern a regular expression in the syntax of RE2, which is that of Go
  /// @param level [Level#ERROR] by default
  /// @param showFirst whether the first of them is logged at once
  public record Consolidation(Duration period, String pattern, Level level, boolean showFirst) {
    /// Tells whether a message is one of these. The time is linear in the length of the message,
    /// whatever the pattern: messages may hold names that an attacker chose.
    public Predicate<String> matcher() {
      Pattern compiled = LinearPattern.compile(pattern);
      return message -> compiled.matcher(message).find();
    }
  }
}
