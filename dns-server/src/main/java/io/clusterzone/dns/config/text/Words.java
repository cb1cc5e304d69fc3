package io.clusterzone.dns.config.text;

import org.jspecify.annotations.Nullable;

/// The words of a text, one after another, with a look at the next one. Words taken are not kept,
/// so that a long text need not be in memory as words.
public abstract class Words {
  private @Nullable Token ahead;
  private boolean looked;

  /// Makes the next word; null after the last one, however often it is called.
  protected abstract @Nullable Token make();

  /// Takes the next word; null after the last one.
  public final @Nullable Token next() {
    Token next = peek();
    ahead = null;
    looked = false;
    return next;
  }

  /// The word that [#next] takes; null after the last one.
  public final @Nullable Token peek() {
    if (!looked) {
      ahead = make();
      looked = true;
    }
    return ahead;
  }

  /// Takes all words that are left.
  public final void skip() {
    while (next() != null) {
      // A word is made, with what there is to report of it.
    }
  }

  static Words of(Iterable<Token> tokens) {
    var rest = tokens.iterator();
    return new Words() {
      @Override
      protected @Nullable Token make() {
        return rest.hasNext() ? rest.next() : null;
      }
    };
  }
}
