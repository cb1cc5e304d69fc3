package io.clusterzone.dns.ops.top;

import java.util.List;

/// The most frequent keys, the most frequent first.
///
/// @param total the queries of all keys
public record Ranking(List<Row> rows, long total) {
  /// The key of queries that are for no namespace.
  public static final String NO_NAMESPACE = "(none)";

  public Ranking {
    rows = List.copyOf(rows);
  }

  /// One key. At least `count - error` and at most `count` of the queries that were looked at were
  /// for it, as far as no sketch gave it up in between.
  public record Row(String key, long count, long error) {}

  /// The queries of all other keys.
  public long rest() {
    return Math.max(0, total - rows.stream().mapToLong(Row::count).sum());
  }
}
