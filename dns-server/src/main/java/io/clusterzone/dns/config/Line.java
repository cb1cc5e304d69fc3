package io.clusterzone.dns.config;

import java.util.List;

/// A directive or an option of one: its words, the first of them its name, and the lines of its
/// block.
record Line(List<Token> words, boolean hasBlock, List<Line> block) {
  Line {
    words = List.copyOf(words);
    block = List.copyOf(block);
  }

  Token head() {
    return words.getFirst();
  }

  String name() {
    return head().text();
  }
}
