package io.clusterzone.dns.config.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// A Corefile as one text: what it imports stands in its place, and so do the values of environment
/// variables. Comments and the lengths of blanks are gone. Equal texts mean the same.
public record CorefileText(String text) {
  /// What is nested deeper than anything good is not indented further: it may be very deep.
  private static final int MAX_INDENT = 8;

  public static CorefileText of(List<Token> tokens) {
    var text = new StringBuilder();
    int depth = 0;
    for (Token token : tokens) {
      depth -= token.closes() ? 1 : 0;
      if (token.startsLine()) {
        text.append(text.isEmpty() ? "" : "\n").repeat("  ", Math.clamp(depth, 0, MAX_INDENT));
      } else if (!text.isEmpty()) {
        text.append(' ');
      }
      appendWord(token, text);
      depth += token.opens() ? 1 : 0;
    }
    return new CorefileText(text.append('\n').toString());
  }

  private static void appendWord(Token token, StringBuilder text) {
    if (token.literal() || token.text().isEmpty()) {
      text.append('"').append(token.text().replace("\"", "\\\"")).append('"');
    } else {
      text.append(token.text());
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
