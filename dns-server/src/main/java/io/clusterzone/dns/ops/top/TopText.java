package io.clusterzone.dns.ops.top;

import io.clusterzone.dns.ops.Mnemonics;
import java.util.Formatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A report of `top` for a terminal.
public final class TopText {
  private TopText() {}

  /// The text, of whole lines.
  public static String of(TopReport report) {
    try (Formatter text = new Formatter(Locale.ROOT)) {
      write(report, text);
      return text.toString();
    }
  }

  private static void write(TopReport report, Formatter text) {
    Rates.Now rates = report.rates();
    text.format("%,.1f queries/s, mean of %.0f s\n", rates.all(), rates.seconds());
    text.format("rcodes/s   %s\n", rates(rates.rcodes()));
    text.format("types/s    %s\n", rates(rates.types()));
    TopReport.Cached cached = report.cached();
    text.format(
        "cache      %,d entries, %,d hits, %,d misses (%s %% hits)\n",
        cached.entries(), cached.hits(), cached.misses(), cached.share());
    for (TopReport.Upstream upstream : report.upstreams()) {
      text.format(
          "upstream   %s %s, %,d asked, %,d answered\n",
          upstream.address(),
          upstream.down() ? "DOWN" : "up",
          upstream.asked(),
          upstream.answered());
    }
    text.format("\n");
    text.format("%s; %s\n", report.wish().title(), report.base());
    text.format("\n");
    if (report.wish().slow()) {
      slow(text, report);
    } else {
      ranks(text, report);
    }
  }

  private static String rates(Map<String, Double> rates) {
    return rates.isEmpty()
        ? "none"
        : rates.entrySet().stream()
            .map(rate -> String.format(Locale.ROOT, "%s %,.1f", rate.getKey(), rate.getValue()))
            .collect(Collectors.joining("  "));
  }

  private static void ranks(Formatter text, TopReport report) {
    Ranking ranking = report.ranking();
    text.format("%12s %6s  %s\n", "COUNT", "%", report.wish().column().toUpperCase(Locale.ROOT));
    for (Ranking.Row row : ranking.rows()) {
      rank(text, row.count(), ranking.total(), row.key());
    }
    rank(text, ranking.rest(), ranking.total(), "(rest)");
  }

  private static void rank(Formatter text, long count, long total, String key) {
    text.format("%,12d %6s  %s\n", count, TopReport.share(count, total), key);
  }

  private static void slow(Formatter text, TopReport report) {
    text.format("%12s  %-10s %-8s %-15s  %s\n", "MS", "RCODE", "TYPE", "CLIENT", "NAME");
    for (SlowQuery query : report.slow()) {
      text.format(
          "%,12.3f  %-10s %-8s %-15s  %s\n",
          query.nanos() / 1e6,
          Mnemonics.rcode(query.rcode()),
          Mnemonics.type(query.type()),
          query.client(),
          query.name());
    }
  }
}
