package io.clusterzone.dns.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.regex.Matcher;

/// Regular expressions that match in linear time and stay small (RE2 syntax, as in Go).
///
/// A counted repetition copies what it repeats, so nested ones multiply: `((a{1000}){1000}){1000}`
/// would fill the memory. The product of all counts of one expression is bounded instead of the
/// nested ones only, which is simpler and allows every expression that people write.
public final class LinearPattern {
  public static final int MAX_LENGTH = 10_000;

  /// Groups in groups: as deep as this goes the stack of the thread that compiles the expression.
  static final int MAX_DEPTH = 250;

  private static final long MAX_COPIES = 100_000;
  private static final java.util.regex.Pattern COUNT =
      java.util.regex.Pattern.compile("\\{(?:\\d{1,9},)?(\\d{1,9}),?\\}");

  private LinearPattern() {}

  /// Compiles an expression.
  ///
  /// @throws IllegalArgumentException with what is wrong if the text is no expression, or a too
  ///   large one
  public static Pattern compile(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("it has more than " + MAX_LENGTH + " characters");
    }
    if (depth(text) > MAX_DEPTH) {
      throw new IllegalArgumentException("its groups are nested deeper than " + MAX_DEPTH);
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

  /// The most groups that are open at once. In a class of characters nothing is a group.
  private static int depth(String text) {
    int open = 0;
    int deepest = 0;
    boolean inClass = false;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\\' -> i++;
        case '[' -> inClass = true;
        case ']' -> inClass = false;
        case '(' -> open += inClass ? 0 : 1;
        case ')' -> open -= inClass ? 0 : 1;
        default -> {}
      }
      deepest = Math.max(deepest, open);
    }
    return deepest;
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
