package io.clusterzone.k8s.text;

import io.clusterzone.k8s.text.LabelSelector.Compare;
import io.clusterzone.k8s.text.LabelSelector.Exists;
import io.clusterzone.k8s.text.LabelSelector.In;
import io.clusterzone.k8s.text.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Reads one label selector from left to right: requirements with commas between them.
final class LabelSelectorParser {
  private static final String SYMBOLS = "=!(),<>";
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

  private final String text;
  private int position;

  LabelSelectorParser(String text) {
    this.text = text;
  }

  LabelSelector parse() {
    List<Requirement> requirements = new ArrayList<>();
    if (peek().isEmpty()) {
      return LabelSelector.EVERYTHING;
    }
    do {
      requirements.add(requirement());
    } while (accept(","));
    if (!peek().isEmpty()) {
      throw fault("expected ',' or the end, found \"%s\"".formatted(peek()));
    }
    return new LabelSelector(requirements);
  }

  private Requirement requirement() {
    if (accept("!")) {
      return new Exists(key(), false);
    }
    String key = key();
    String operator = peek();
    return switch (operator) {
      case "", "," -> new Exists(key, true);
      case "=", "==" -> new In(key, Set.of(afterOperator()), true);
      case "!=" -> new In(key, Set.of(afterOperator()), false);
      case "in" -> new In(key, values(), true);
      case "notin" -> new In(key, values(), false);
      case ">" -> new Compare(key, number(), true);
      case "<" -> new Compare(key, number(), false);
      default -> throw fault("expected =, !=, in, notin, < or >, found \"%s\"".formatted(operator));
    };
  }

  private String key() {
    String key = next();
    int slash = key.indexOf('/');
    String prefix = slash < 0 ? "prefix" : key.substring(0, slash);
    if (!NAME.matcher(key.substring(slash + 1)).matches()
        || !ApiNames.subdomainFault(prefix).isEmpty()) {
      throw fault("\"%s\" is not a label's key".formatted(key));
    }
    return key;
  }

  private String afterOperator() {
    next();
    return value();
  }

  private long number() {
    String value = afterOperator();
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException _) {
      throw fault("\"%s\" is not a whole number".formatted(value));
    }
  }

  /// The value that comes next; an empty one is followed by a comma, a bracket or the end.
  private String value() {
    String token = peek();
    if (token.isEmpty() || token.equals(",") || token.equals(")")) {
      return "";
    }
    next();
    if (!NAME.matcher(token).matches()) {
      throw fault("\"%s\" is not a label's value".formatted(token));
    }
    return token;
  }

  private Set<String> values() {
    next();
    if (!accept("(")) {
      throw fault("expected '(' before the values");
    }
    Set<String> values = new TreeSet<>();
    do {
      values.add(value());
    } while (accept(","));
    if (!accept(")")) {
      throw fault("expected ')' after the values");
    }
    return values;
  }

  private boolean accept(String token) {
    boolean found = peek().equals(token);
    if (found) {
      next();
    }
    return found;
  }

  private String peek() {
    int start = position;
    String token = next();
    position = start;
    return token;
  }

  /// The next token; empty at the end.
  private String next() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
    int start = position;
    if (start == text.length()) {
      return "";
    }
    if (isSymbol(start)) {
      boolean pair = text.startsWith("==", start) || text.startsWith("!=", start);
      position += pair ? 2 : 1;
    } else {
      while (position < text.length() && !isSymbol(position) && !isSpace(position)) {
        position++;
      }
    }
    return text.substring(start, position);
  }

  private boolean isSymbol(int index) {
    return SYMBOLS.indexOf(text.charAt(index)) >= 0;
  }

  private boolean isSpace(int index) {
    return Character.isWhitespace(text.charAt(index));
  }

  private IllegalArgumentException fault(String message) {
    return new IllegalArgumentException(
        "label selector \"%s\", character %d: %s".formatted(text, position + 1, message));
  }
}
