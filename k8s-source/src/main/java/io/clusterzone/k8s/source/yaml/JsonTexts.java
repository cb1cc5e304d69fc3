package io.clusterzone.k8s.source.yaml;

import java.io.IOException;
import java.io.Reader;

/// Lets JSON pass as YAML: tabs, which YAML does not allow to indent, become spaces, and of several
/// texts one after the other (`kubectl get -o json`, twice) each becomes a document. Text that does
/// not begin with `{` or `[` passes as it is, at the start or behind a line `---`.
///
/// A text on the line where the one before it ends begins a line of its own.
public final class JsonTexts extends Reader {
  private enum Text {
    UNKNOWN,
    JSON,
    /// A line between texts: `---`, or a comment.
    BETWEEN,
    OTHER
  }

  private final Reader in;
  private final char[] read = new char[8192];
  private int at;
  private int end;
  private String inserted = "";

  private Text kind = Text.UNKNOWN;
  private int depth;
  private boolean quoted;
  private boolean escaped;
  private boolean ended;
  private boolean startsLine = true;

  public JsonTexts(Reader in) {
    this.in = in;
  }

  /// Blocks for the first character alone.
  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int count = 0;
    while (count < length && (count == 0 || at < end || !inserted.isEmpty())) {
      if (!inserted.isEmpty()) {
        buffer[offset + count++] = inserted.charAt(0);
        inserted = inserted.substring(1);
      } else if (at == end && !fill()) {
        break;
      } else {
        char c = pass(read[at]);
        if (inserted.isEmpty()) {
          at++;
          buffer[offset + count++] = c;
        }
      }
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(read, 0, read.length));
    return end > 0;
  }

  /// The replacement for the next character; where something goes before it, that is set.
  private char pass(char c) {
    if (kind == Text.UNKNOWN && !Character.isWhitespace(c) && c != '\ufeff') {
      kind = c == '{' || c == '[' ? Text.JSON : Text.OTHER;
    }
    if (kind == Text.BETWEEN && c == '\n') {
      kind = Text.UNKNOWN;
      startsLine = true;
    }
    if (kind != Text.JSON) {
      return c;
    }
    if (ended && (c == '{' || c == '[')) {
      ended = false;
      inserted = startsLine ? "--- " : "\n--- ";
      return c;
    }
    if (ended && !Character.isWhitespace(c)) {
      ended = c == '#';
      kind = Text.BETWEEN;
      return c;
    }
    follow(c);
    startsLine = c == '\n' || (startsLine && Character.isWhitespace(c));
    return c == '\t' ? ' ' : c;
  }

  /// Keeps count of what is open.
  private void follow(char c) {
    if (quoted) {
      quoted = c != '"' || escaped;
      escaped = c == '\\' && !escaped;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      depth++;
    } else if (c == '}' || c == ']') {
      depth--;
      ended = depth == 0;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
