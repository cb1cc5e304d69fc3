package io.clusterzone.dns.ops.top;

/// A way to rank queries. Suffixes have one for each number of labels.
///
/// @param by the part of the query that counts
/// @param labels of a suffix, 1 to [#MOST_LABELS]; else 0
public record Dimension(By by, int labels) {
  /// Labels of the longest suffix that is counted: `shop.svc.cluster.local` has four.
  public static final int MOST_LABELS = 6;

  /// The part of a query.
  public enum By {
    NAME,
    LABELS,
    NAMESPACE,
    CLIENT
  }

  static final int COUNT = 3 + MOST_LABELS;

  public Dimension {
    if (by == By.LABELS ? labels < 1 || labels > MOST_LABELS : labels != 0) {
      throw new IllegalArgumentException(by + " with " + labels + " labels");
    }
  }

  static Dimension of(By by) {
    return new Dimension(by, 0);
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
