package io.clusterzone.dns.config.text;

import org.jspecify.annotations.Nullable;

/// Writes a Corefile down as one text while its words are taken: what it imports stands in its
/// place, and so do the values of environment variables. Comments and the lengths of blanks are
/// gone. Equal texts mean the same.
public final class CorefileText extends Words {
  /// Text nested deeper than anything good is not indented further: it may be very deep.
  private static final int MAX_INDENT = 8;

  private final Words words;
  private final PackedText.Packing text = new PackedText.Packing();
  private boolean begun;
  private int depth;

  public CorefileText(Words words) {
    this.words = words;
  }

  @Override
  protected @Nullable Token make() {
    Token token = words.next();
    if (token != null) {
      append(token);
    }
    return token;
  }

  private void append(Token token) {
    depth -= token.closes() ? 1 : 0;
    if (token.startsLine()) {
      text.append(begun ? "\n" : "");
      text.append("  ".repeat(Math.clamp(depth, 0, MAX_INDENT)));
    } else if (begun) {
      text.append(" ");
    }
    begun = true;
    appendWord(token);
    depth += token.opens() ? 1 : 0;
  }

  private void appendWord(Token token) {
    boolean quoted = token.literal() || token.text().isEmpty();
    text.append(quoted ? "\"" + token.text().replace("\"", "\\\"") + "\"" : token.text());
  }

  /// The text of the words that have been taken; to be called once.
  public PackedText written() {
    text.append("\n");
    return text.packed();
  }
}
