package io.clusterzone.dns.config.text;

import io.clusterzone.k8s.problem.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Groups the words of a Corefile into server blocks, and the words of a block into lines.
///
/// A `{` may stand at the end of a line or at the start of the next; a `}` may end a line. A
/// Corefile with one server block may do without its braces.
public final class LineParser {
  /// CoreDNS's directives nest three deep.
  public static final int MAX_DEPTH = 16;

  /// A server block before its keys and directives are looked at.
  public record RawBlock(List<Token> keys, List<Line> lines) {}

  private final List<Token> tokens;
  private final Problems problems;
  private int at;

  private LineParser(List<Token> tokens, Problems problems) {
    this.tokens = tokens;
    this.problems = problems;
  }

  public static List<RawBlock> parse(List<Token> tokens, Problems problems) {
    var parser = new LineParser(tokens, problems);
    var blocks = new ArrayList<RawBlock>();
    while (parser.at < tokens.size()) {
      blocks.add(parser.block());
    }
    return blocks;
  }

  private RawBlock block() {
    Token first = tokens.get(at);
    List<Token> keys = keys();
    if (first.isBrace()) {
      problems.add(
          ProblemKind.SYNTAX,
          first,
          "expected the zones of a server block, not \"" + first.text() + "\"");
    }
    if (at < tokens.size() && tokens.get(at).closes()) {
      at++;
      return new RawBlock(keys, List.of());
    }
    Token open = at < tokens.size() && tokens.get(at).opens() ? tokens.get(at++) : null;
    return new RawBlock(keys, lines(open, 1));
  }

  /// Reads keys to the end of their line; a comma at the end of a key says that more follow, on the
  /// next line if need be.
  private List<Token> keys() {
    var keys = new ArrayList<Token>();
    boolean more = true;
    Token comma = null;
    while (at < tokens.size() && !tokens.get(at).isBrace() && (more || !startsLine())) {
      Token key = tokens.get(at++);
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

  private boolean startsLine() {
    return tokens.get(at).startsLine();
  }

  /// Reads lines to the brace that closes `open`, or to the end of the words if there is none.
  private List<Line> lines(@Nullable Token open, int depth) {
    var lines = new ArrayList<Line>();
    while (at < tokens.size()) {
      Token token = tokens.get(at);
      if (token.closes()) {
        at++;
        if (open != null) {
          return lines;
        }
        problems.add(ProblemKind.SYNTAX, token, "this \"}\" closes nothing");
      } else if (token.opens()) {
        problems.add(ProblemKind.SYNTAX, token, "expected a directive before \"{\"");
        blockOrTooDeep(depth);
      } else {
        lines.add(line(depth));
      }
    }
    if (open != null) {
      problems.add(ProblemKind.SYNTAX, open, "this \"{\" is never closed");
    }
    return lines;
  }

  private Line line(int depth) {
    var words = new ArrayList<Token>();
    words.add(tokens.get(at++));
    while (at < tokens.size() && !startsLine() && !tokens.get(at).isBrace()) {
      words.add(tokens.get(at++));
    }
    boolean hasBlock = at < tokens.size() && tokens.get(at).opens();
    List<Line> block = hasBlock ? blockOrTooDeep(depth) : List.of();
    if (at < tokens.size() && !startsLine() && !tokens.get(at).closes()) {
      problems.add(
          ProblemKind.SYNTAX,
          tokens.get(at),
          "expected a new line before \"" + tokens.get(at).text() + "\"");
    }
    return new Line(words, hasBlock, block);
  }

  private List<Line> blockOrTooDeep(int depth) {
    Token open = tokens.get(at++);
    if (depth < MAX_DEPTH) {
      return lines(open, depth + 1);
    }
    problems.add(ProblemKind.SYNTAX, open, "blocks are nested more than " + MAX_DEPTH + " deep");
    at = tokens.size();
    return List.of();
  }
}
