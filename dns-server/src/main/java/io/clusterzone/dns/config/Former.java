package io.clusterzone.dns.config;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The elements of a list before, taken again for equal elements of the list after it. Of ten
/// thousand few change: the others need no memory again while the server takes a Corefile.
///
/// Both lists are walked side by side, so nothing is allocated and each element is taken once. So
/// many elements may have gone in one place; after more, those that follow are not found.
public final class Former<T> {
  private static final int MOST_GONE = 256;

  private final List<T> before;
  private int at;

  public Former(List<T> before) {
    this.before = before;
  }

  /// The next element that is the same, as the test says; null if there is none.
  public @Nullable T take(Predicate<T> same) {
    int end = Math.min(before.size(), at + MOST_GONE);
    for (int i = at; i < end; i++) {
      T element = before.get(i);
      if (same.test(element)) {
        at = i + 1;
        return element;
      }
    }
    return null;
  }
}
