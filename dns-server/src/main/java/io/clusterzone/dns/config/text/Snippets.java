package io.clusterzone.dns.config.text;

import io.clusterzone.k8s.problem.ProblemKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The snippets `(name) { ... }` that a Corefile has defined so far, as the words between their
/// braces.
final class Snippets {
  private final Map<String, List<Token>> bodies = new HashMap<>();
  private final Problems problems;

  Snippets(Problems problems) {
    this.problems = problems;
  }

  /// The words of a snippet, or an empty list if there is none of that name.
  List<Token> body(String name) {
    return bodies.getOrDefault(name, List.of());
  }

  boolean contains(String name) {
    return bodies.containsKey(name);
  }

  static boolean startsAt(List<Token> tokens, int index) {
    Token head = tokens.get(index);
    return head.startsLine()
        && !head.literal()
        && head.text().length() > 2
        && head.text().startsWith("(")
        && head.text().endsWith(")")
        && index + 1 < tokens.size()
        && tokens.get(index + 1).opens();
  }

  /// Takes the snippet that starts at `index`, and tells where the words after it start.
  int define(List<Token> tokens, int index) {
    Token head = tokens.get(index);
    int end = closingBrace(tokens, index + 1);
    if (end == tokens.size()) {
      problems.add(
          ProblemKind.IMPORT, head, "snippet " + head.text() + ": its \"{\" is never closed");
    }
    String name = head.text().substring(1, head.text().length() - 1);
    if (bodies.putIfAbsent(name, lines(tokens.subList(index + 2, end))) != null) {
      problems.add(
          ProblemKind.IMPORT,
          head,
          "snippet " + head.text() + " is defined twice; rename one of the two");
    }
    return end + 1;
  }

  private static List<Token> lines(List<Token> body) {
    if (body.isEmpty()) {
      return body;
    }
    var tokens = new ArrayList<>(body);
    tokens.set(0, tokens.getFirst().startingLine());
    return tokens;
  }

  private static int closingBrace(List<Token> tokens, int open) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      depth += tokens.get(i).opens() ? 1 : tokens.get(i).closes() ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return tokens.size();
  }
}
