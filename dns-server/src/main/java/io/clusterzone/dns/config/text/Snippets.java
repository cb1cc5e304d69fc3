package io.clusterzone.dns.config.text;

import io.clusterzone.k8s.problem.ProblemKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  /// Whether a snippet begins with a word.
  ///
  /// @param next the word after it
  static boolean startsWith(Token head, @Nullable Token next) {
    return head.startsLine()
        && !head.literal()
        && head.text().length() > 2
        && head.text().startsWith("(")
        && head.text().endsWith(")")
        && next != null
        && next.opens();
  }

  /// Takes the snippet that starts with `head`, from its brace to the one that closes it.
  void define(Token head, Words words) {
    List<Token> body = body(head, words);
    String name = head.text().substring(1, head.text().length() - 1);
    if (bodies.putIfAbsent(name, lines(body)) != null) {
      problems.add(
          ProblemKind.IMPORT,
          head,
          "snippet " + head.text() + " is defined twice; rename one of the two");
    }
  }

  private List<Token> body(Token head, Words words) {
    var body = new ArrayList<Token>();
    words.next();
    int depth = 1;
    for (Token token = words.next(); token != null; token = words.next()) {
      depth += token.opens() ? 1 : token.closes() ? -1 : 0;
      if (depth == 0) {
        return body;
      }
      body.add(token);
    }
    problems.add(
        ProblemKind.IMPORT, head, "snippet " + head.text() + ": its \"{\" is never closed");
    return body;
  }

  private static List<Token> lines(List<Token> body) {
    if (!body.isEmpty()) {
      body.set(0, body.getFirst().startingLine());
    }
    return body;
  }
}
