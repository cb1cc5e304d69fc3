package io.clusterzone.dns.config.text;

import java.util.List;

/// A directive or an option of one: its words, the first of them its name, and the lines of its
/// block.
public record Line(List<Token> words, boolean hasBlock, List<Line> block) {
  public Line {
    words = List.copyOf(words);
    block = List.copyOf(block);
  }

  public Token head() {
    return words.getFirst();
  }

  public String name() {
    return head().text();
  }
}
