package io.clusterzone.dns.config.text;

import io.clusterzone.k8s.problem.ProblemKind;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/// Cuts the text of one file into words, by the rules of CoreDNS's Caddyfile.
///
/// White space separates words. A word that begins with a quote goes to the next quote; in it `\"`
/// is a quote, every other backslash is itself, and line breaks are allowed. `#` outside of quotes
/// begins a comment. Carriage returns and a leading byte order mark are not there at all.
public final class Lexer extends Words {
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final String file;
  private final Reader reader;
  private final Environment environment;
  private final Problems problems;
  private final StringBuilder word = new StringBuilder();

  /// The characters read ahead.
  private final char[] read = new char[4096];

  private int at;
  private int end;

  private int line = 1;
  private int column = 1;
  private boolean startsLine = true;
  private boolean begun;

  /// A brace that was glued to the word before.
  private @Nullable Token glued;

  Lexer(String file, Reader reader, Environment environment, Problems problems) {
    this.file = file;
    this.reader = reader;
    this.environment = environment;
    this.problems = problems;
  }

  @Override
  protected @Nullable Token make() {
    Token brace = glued;
    if (brace != null) {
      glued = null;
      return brace;
    }
    if (!begun && has(0) && read[at] == BYTE_ORDER_MARK) {
      at++;
    }
    begun = true;
    while (has(0)) {
      char c = read[at];
      if (isSpace(c)) {
        advance();
      } else if (c == '#') {
        skipComment();
      } else {
        return c == '"' ? quotedWord() : plainWord();
      }
    }
    return null;
  }

  /// Whether there is a character that many behind the one at hand.
  private boolean has(int further) {
    if (at + further >= end) {
      fill();
    }
    return at + further < end;
  }

  private void fill() {
    System.arraycopy(read, at, read, 0, end - at);
    end -= at;
    at = 0;
    try {
      end += Math.max(0, reader.read(read, end, read.length - end));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void skipComment() {
    while (has(0) && read[at] != '\n') {
      advance();
    }
  }

  private Token plainWord() {
    int startLine = line;
    int startColumn = column;
    word.setLength(0);
    while (has(0) && read[at] != '#') {
      char c = read[at];
      if (isSpace(c) && c != '\r') {
        break;
      }
      if (c != '\r') {
        word.append(c);
      }
      advance();
    }
    return plain(word.toString(), startLine, startColumn);
  }

  /// A word; a brace that is glued to its end is reported and taken for a brace.
  private Token plain(String plain, int startLine, int startColumn) {
    if (plain.length() == 1 || !plain.endsWith("{")) {
      return token(plain, startLine, startColumn, false);
    }
    String before = plain.substring(0, plain.length() - 1);
    Token first = token(before, startLine, startColumn, false);
    int column = startColumn + before.codePointCount(0, before.length());
    glued = token("{", startLine, column, false);
    problems.add(ProblemKind.SYNTAX, glued, "expected a blank before \"{\"");
    return first;
  }

  private Token quotedWord() {
    int startLine = line;
    int startColumn = column;
    boolean starts = startsLine;
    word.setLength(0);
    advance();
    while (has(0) && read[at] != '"') {
      if (read[at] != '\\') {
        append();
      } else if (has(1) && read[at + 1] == '"') {
        advance();
        append();
      } else {
        append();
        if (has(0)) {
          append();
        }
      }
    }
    startsLine = starts;
    Token quoted = token(word.toString(), startLine, startColumn, true);
    if (!has(0)) {
      problems.add(ProblemKind.SYNTAX, quoted, "this quote is never closed");
    } else {
      advance();
    }
    return quoted;
  }

  private void append() {
    word.append(read[at]);
    advance();
  }

  private void advance() {
    char c = read[at++];
    if (c == '\n') {
      line++;
      column = 1;
      startsLine = true;
    } else if (!Character.isLowSurrogate(c)) {
      column++;
    }
  }

  private Token token(String raw, int startLine, int startColumn, boolean quoted) {
    String value = environment.replaceIn(raw);
    boolean literal = quoted || !value.equals(raw);
    var token = new Token(value, file, startLine, startColumn, startsLine, literal);
    startsLine = false;
    return token;
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }
}
