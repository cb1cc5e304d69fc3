package io.clusterzone.dns.config.text;

import io.clusterzone.k8s.problem.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Groups the words of a Corefile into server blocks, and a block's words into lines.
///
/// A `{` may stand at the end of a line or at the start of the next; a `}` may end a line. A
/// Corefile with one server block may do without its braces.
public final class LineParser {
  /// CoreDNS's directives nest three deep.
  public static final int MAX_DEPTH = 16;

  /// A server block before its keys and directives are looked at.
  public record RawBlock(List<Token> keys, List<Line> lines) {}

  private final Words words;
  private final Problems problems;

  /// A parser of words that are read nowhere else.
  public LineParser(Words words, Problems problems) {
    this.words = words;
    this.problems = problems;
  }

  /// The next server block; null after the last one.
  public @Nullable RawBlock next() {
    Token first = words.peek();
    return first == null ? null : block(first);
  }

  private RawBlock block(Token first) {
    List<Token> keys = keys();
    if (first.isBrace()) {
      problems.add(
          ProblemKind.SYNTAX,
          first,
          "expected the zones of a server block, not \"" + first.text() + "\"");
    }
    Token next = words.peek();
    if (next != null && next.closes()) {
      words.next();
      return new RawBlock(keys, List.of());
    }
    return new RawBlock(keys, lines(next != null && next.opens() ? words.next() : null, 1));
  }

  /// Reads keys to the end of their line; a comma at the end of a key says that more follow, on the
  /// next line if need be.
  private List<Token> keys() {
    var keys = new ArrayList<Token>();
    boolean more = true;
    Token comma = null;
    for (Token key = words.peek();
        key != null && !key.isBrace() && (more || !key.startsLine());
        key = words.peek()) {
      words.next();
      more = key.text().endsWith(",");
      comma = more ? key : null;
      String text = more ? key.text().substring(0, key.text().length() - 1) : key.text();
      if (!text.isEmpty()) {
        keys.add(key.withText(text));
      } else if (!more) {
        problems.add(
            ProblemKind.SYNTAX, key, "this zone is empty; is an environment variable not set?");
      }
    }
    if (comma != null) {
      problems.add(ProblemKind.SYNTAX, comma, "expected another zone after the comma");
    }
    return keys;
  }

  /// Reads lines to the brace that closes `open`, or without it to the end.
  private List<Line> lines(@Nullable Token open, int depth) {
    var lines = new ArrayList<Line>();
    for (Token token = words.peek(); token != null; token = words.peek()) {
      if (token.closes()) {
        words.next();
        if (open != null) {
          return lines;
        }
        problems.add(ProblemKind.SYNTAX, token, "this \"}\" closes nothing");
      } else if (token.opens()) {
        problems.add(ProblemKind.SYNTAX, token, "expected a directive before \"{\"");
        blockOrTooDeep(token, depth);
      } else {
        lines.add(line(token, depth));
      }
    }
    if (open != null) {
      problems.add(ProblemKind.SYNTAX, open, "this \"{\" is never closed");
    }
    return lines;
  }

  private Line line(Token head, int depth) {
    var line = new ArrayList<Token>();
    Token next = head;
    do {
      line.add(next);
      words.next();
      next = words.peek();
    } while (next != null && !next.startsLine() && !next.isBrace());
    Token open = next != null && next.opens() ? next : null;
    List<Line> block = open == null ? List.of() : blockOrTooDeep(open, depth);
    Token after = words.peek();
    if (after != null && !after.startsLine() && !after.closes()) {
      problems.add(
          ProblemKind.SYNTAX, after, "expected a new line before \"" + after.text() + "\"");
    }
    return new Line(line, open != null, block);
  }

  private List<Line> blockOrTooDeep(Token open, int depth) {
    words.next();
    if (depth < MAX_DEPTH) {
      return lines(open, depth + 1);
    }
    problems.add(ProblemKind.SYNTAX, open, "blocks are nested more than " + MAX_DEPTH + " deep");
    words.skip();
    return List.of();
  }
}
