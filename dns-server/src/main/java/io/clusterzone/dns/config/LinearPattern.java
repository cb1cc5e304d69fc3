package io.clusterzone.dns.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.regex.Matcher;

/// Regular expressions that match in time linear in the text (RE2 syntax, as in Go), and whose
/// programs stay small.
///
/// A counted repetition copies what it repeats, so nested ones multiply: `((a{1000}){1000}){1000}`
/// would fill the memory. The product of all counts of one expression is bounded instead of the
/// nested ones only, which is simpler and allows every expression that people write.
final class LinearPattern {
  static final int MAX_LENGTH = 10_000;
  private static final long MAX_COPIES = 100_000;
  private static final java.util.regex.Pattern COUNT =
      java.util.regex.Pattern.compile("\\{(?:\\d{1,9},)?(\\d{1,9}),?\\}");

  private LinearPattern() {}

  /// Compiles an expression.
  ///
  /// @throws IllegalArgumentException with what is wrong if the text is no expression, or a too
  ///   large one
  static Pattern compile(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("it has more than " + MAX_LENGTH + " characters");
    }
    if (copies(text) > MAX_COPIES) {
      throw new IllegalArgumentException(
          "its repetition counts multiply to more than " + MAX_COPIES);
    }
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(e.getDescription(), e);
    }
  }

  private static long copies(String text) {
    long copies = 1;
    Matcher counts = COUNT.matcher(text);
    while (counts.find() && copies <= MAX_COPIES) {
      copies *= Math.max(1, Long.parseLong(counts.group(1)));
    }
    return copies;
  }
}
