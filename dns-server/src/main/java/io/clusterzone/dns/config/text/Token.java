package io.clusterzone.dns.config.text;

/// One word of a Corefile, and where it stands. Lines and columns count from 1.
///
/// `literal` is true if quotes or the environment had a part in the word: then it is text, never a
/// brace or the word `import`.
public record Token(
    String text, String file, int line, int column, boolean startsLine, boolean literal) {

  boolean opens() {
    return !literal && text.equals("{");
  }

  boolean closes() {
    return !literal && text.equals("}");
  }

  boolean isBrace() {
    return opens() || closes();
  }

  Token startingLine() {
    return new Token(text, file, line, column, true, literal);
  }

  Token withText(String other) {
    return new Token(other, file, line, column, startsLine, literal);
  }
}
