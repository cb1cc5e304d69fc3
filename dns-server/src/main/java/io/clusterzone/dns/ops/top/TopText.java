package io.clusterzone.dns.ops.top;

import io.clusterzone.dns.ops.Mnemonics;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A report of `top` for a terminal.
public final class TopText {
  private TopText() {}

  public static String of(TopReport report) {
    StringBuilder text = new StringBuilder();
    Rates.Now rates = report.rates();
    line(text, "%,.1f queries/s, mean of %.0f s", rates.all(), rates.seconds());
    line(text, "rcodes/s   %s", rates(rates.rcodes()));
    line(text, "types/s    %s", rates(rates.types()));
    TopReport.Cached cached = report.cached();
    line(
        text,
        "cache      %,d entries, %,d hits, %,d misses (%s %% hits)",
        cached.entries(),
        cached.hits(),
        cached.misses(),
        cached.share());
    for (TopReport.Upstream upstream : report.upstreams()) {
      line(
          text,
          "upstream   %s %s, %,d asked, %,d answered",
          upstream.address(),
          upstream.down() ? "DOWN" : "up",
          upstream.asked(),
          upstream.answered());
    }
    line(text, "");
    line(text, "%s; %s", report.wish().title(), report.base());
    line(text, "");
    if (report.wish().slow()) {
      slow(text, report);
    } else {
      ranks(text, report);
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }

  private static String rates(Map<String, Double> rates) {
    return rates.isEmpty()
        ? "none"
        : rates.entrySet().stream()
            .map(rate -> String.format(Locale.ROOT, "%s %,.1f", rate.getKey(), rate.getValue()))
            .collect(Collectors.joining("  "));
  }

  private static void ranks(StringBuilder text, TopReport report) {
    Ranking ranking = report.ranking();
    line(text, "%12s %6s  %s", "COUNT", "%", report.wish().column().toUpperCase(Locale.ROOT));
    for (Ranking.Row row : ranking.rows()) {
      rank(text, row.count(), ranking.total(), row.key());
    }
    rank(text, ranking.rest(), ranking.total(), "(rest)");
  }

  private static void rank(StringBuilder text, long count, long total, String key) {
    line(text, "%,12d %6s  %s", count, TopReport.share(count, total), key);
  }

  private static void slow(StringBuilder text, TopReport report) {
    line(text, "%12s  %-10s %-8s %-15s  %s", "MS", "RCODE", "TYPE", "CLIENT", "NAME");
    for (SlowQuery query : report.slow()) {
      line(
          text,
          "%,12.3f  %-10s %-8s %-15s  %s",
          query.nanos() / 1e6,
          Mnemonics.rcode(query.rcode()),
          Mnemonics.type(query.type()),
          query.client(),
          query.name());
    }
  }
}
