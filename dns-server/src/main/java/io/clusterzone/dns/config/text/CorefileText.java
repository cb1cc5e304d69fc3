package io.clusterzone.dns.config.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A Corefile as one text: what it imports stands in its place, and so do the values of environment
/// variables. Comments and the lengths of blanks are gone. Equal texts mean the same.
public record CorefileText(String text) {
  /// What is nested deeper than anything good is not indented further: it may be very deep.
  private static final int MAX_INDENT = 8;

  /// Writes it down while its words are taken.
  public static final class Writer extends Words {
    private final Words words;
    private final StringBuilder text;
    private int depth;

    /// @param characters it has about so many
    public Writer(Words words, int characters) {
      this.words = words;
      this.text = new StringBuilder(characters);
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
        text.append(text.isEmpty() ? "" : "\n").repeat("  ", Math.clamp(depth, 0, MAX_INDENT));
      } else if (!text.isEmpty()) {
        text.append(' ');
      }
      appendWord(token);
      depth += token.opens() ? 1 : 0;
    }

    private void appendWord(Token token) {
      if (token.literal() || token.text().isEmpty()) {
        text.append('"').append(token.text().replace("\"", "\\\"")).append('"');
      } else {
        text.append(token.text());
      }
    }

    /// The text of the words that have been taken; to be called once.
    public CorefileText written() {
      return new CorefileText(text.append('\n').toString());
    }
  }

  /// Its SHA-512, in hexadecimal digits.
  public String sha512() {
    try {
      byte[] octets = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-512", e);
    }
  }
}
