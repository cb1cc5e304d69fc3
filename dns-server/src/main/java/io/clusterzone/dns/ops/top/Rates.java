package io.clusterzone.dns.ops.top;

import io.clusterzone.dns.ops.QueryTotals;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Queries a second over the last ten seconds or so, from exact counts. Safe on any thread.
public final class Rates {
  private static final long INTERVAL_NANOS = 2_000_000_000;
  private static final int KEPT = 6;
  private static final double SECOND_NANOS = 1e9;

  private record Seen(long nanos, QueryTotals totals) {}

  /// The queries a second of a span.
  ///
  /// @param seconds of the span; 0 if there is none yet
  /// @param all queries
  /// @param rcodes by response code, the most frequent first
  /// @param types by RR type, the most frequent first
  public record Now(
      double seconds, double all, Map<String, Double> rcodes, Map<String, Double> types) {}

  private final Supplier<QueryTotals> totals;
  private final LongSupplier clock;

  /// The oldest first. Guarded by this.
  private final ArrayDeque<Seen> seen = new ArrayDeque<>();

  Rates(Supplier<QueryTotals> totals, LongSupplier clock) {
    this.totals = totals;
    this.clock = clock;
    look();
  }

  /// Keeps the present counts, if the last ones are old enough.
  synchronized void look() {
    long now = clock.getAsLong();
    if (seen.isEmpty() || now - seen.getLast().nanos() >= INTERVAL_NANOS) {
      if (seen.size() == KEPT) {
        seen.removeFirst();
      }
      seen.addLast(new Seen(now, totals.get()));
    }
  }

  public synchronized Now now() {
    Seen first = seen.getFirst();
    double seconds = (clock.getAsLong() - first.nanos()) / SECOND_NANOS;
    if (seconds <= 0) {
      return new Now(0, 0, Map.of(), Map.of());
    }
    QueryTotals now = totals.get();
    Map<String, Double> rcodes = rates(first.totals().responses(), now.responses(), seconds);
    double all = rcodes.values().stream().mapToDouble(Double::doubleValue).sum();
    return new Now(seconds, all, rcodes, rates(first.totals().requests(), now.requests(), seconds));
  }

  /// A zone that has gone takes its counts along: no rate is negative.
  private static Map<String, Double> rates(
      Map<String, Long> before, Map<String, Long> now, double seconds) {
    Map<String, Double> rates = new LinkedHashMap<>();
    now.entrySet().stream()
        .map(entry ->
            Map.entry(entry.getKey(), entry.getValue() - before.getOrDefault(entry.getKey(), 0L)))
        .filter(entry -> entry.getValue() > 0)
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> rates.put(entry.getKey(), entry.getValue() / seconds));
    return rates;
  }
}
