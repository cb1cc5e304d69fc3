package io.clusterzone.dns.ops.top;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A way to rank queries. Suffixes have one for each number of labels.
///
/// @param by the part of the query that counts
/// @param labels of a suffix, 1 to [#MOST_LABELS]; else 0
public record Dimension(By by, int labels) {
  /// Labels of the longest suffix that is counted: `shop.svc.cluster.local` has four.
  public static final int MOST_LABELS = 6;

  /// The part of a query.
  public enum By {
    NAME(256),
    LABELS(64),
    NAMESPACE(64),
    CLIENT(128);

    /// The places of each sketch. All sketches full of the longest names take some 2 MB.
    private final int entries;

    By(int entries) {
      this.entries = entries;
    }
  }

  public Dimension {
    if (by == By.LABELS ? labels < 1 || labels > MOST_LABELS : labels != 0) {
      throw new IllegalArgumentException(by + " with " + labels + " labels");
    }
  }

  static Dimension of(By by) {
    return new Dimension(by, 0);
  }

  /// All of them, by [#index].
  static List<Dimension> all() {
    return Stream.concat(
            Stream.of(By.NAME, By.NAMESPACE, By.CLIENT).map(Dimension::of),
            IntStream.rangeClosed(1, MOST_LABELS)
                .mapToObj(labels -> new Dimension(By.LABELS, labels)))
        .toList();
  }

  int entries() {
    return by.entries;
  }

  int index() {
    return switch (by) {
      case NAME -> 0;
      case NAMESPACE -> 1;
      case CLIENT -> 2;
      case LABELS -> 2 + labels;
    };
  }
}
