package io.clusterzone.dns.ops.top;

import io.clusterzone.dns.ops.Mnemonics;
import java.util.List;
import java.util.Locale;

/// All that a page of `top` shows, whatever its form.
///
/// @param ranking empty where the slowest queries are shown
/// @param slow empty where ranks are shown
public record TopReport(
    Wish wish,
    Rates.Now rates,
    Coverage coverage,
    Cached cached,
    List<Upstream> upstreams,
    Ranking ranking,
    List<SlowQuery> slow) {
  public static final int ANY_RCODE = -1;

  public TopReport {
    upstreams = List.copyOf(upstreams);
    slow = List.copyOf(slow);
  }

  /// What is asked for.
  ///
  /// @param rcode the response code that counts; [#ANY_RCODE] for all
  /// @param slow whether the slowest queries are wanted in place of ranks
  /// @param most rows
  public record Wish(QueryTop.Span span, Dimension dimension, int rcode, boolean slow, int most) {
    /// `Queries by name, NXDOMAIN alone`.
    String title() {
      String what =
          slow
              ? "The slowest queries"
              : "Queries by "
                  + switch (dimension.by()) {
                    case NAME -> "name";
                    case LABELS -> "the last " + dimension.labels() + " labels";
                    case NAMESPACE -> "namespace";
                    case CLIENT -> "client";
                  };
      return rcode == ANY_RCODE ? what : what + ", " + Mnemonics.rcode(rcode) + " alone";
    }

    /// The name of the column of keys.
    String column() {
      return dimension.by().name().toLowerCase(Locale.ROOT);
    }
  }

  /// The caches of all server blocks, since they were made.
  public record Cached(long entries, long hits, long misses) {
    String share() {
      return TopReport.share(hits, hits + misses);
    }
  }

  /// An upstream, since the start.
  ///
  /// @param down whether it is not asked because it has failed
  public record Upstream(String address, boolean down, long asked, long answered) {}

  /// The report of the present.
  public static TopReport of(QueryTop top, Wish wish, Cached cached, List<Upstream> upstreams) {
    Ranking ranking =
        wish.slow()
            ? new Ranking(List.of(), 0)
            : top.rank(wish.span(), wish.dimension(), wish.rcode(), wish.most());
    List<SlowQuery> slow =
        wish.slow() ? top.slowest(wish.span(), wish.rcode(), wish.most()) : List.of();
    return new TopReport(
        wish, top.rates().now(), top.coverage(wish.span()), cached, upstreams, ranking, slow);
  }

  /// `12.5`: a part in percent.
  static String share(long part, long whole) {
    return whole == 0 ? "0.0" : String.format(Locale.ROOT, "%.1f", 100.0 * part / whole);
  }

  /// The part of the queries that the ranks are made from: `the last 83 s, 1,234 queries, one in 8
  /// looked at`.
  String base() {
    String queries =
        String.format(
            Locale.ROOT,
            "the last %,d s, %,d queries",
            coverage.time().toSeconds(),
            coverage.queries());
    return coverage.oneIn() == 1
        ? queries
        : queries + String.format(Locale.ROOT, ", one in %,d looked at", coverage.oneIn());
  }
}
