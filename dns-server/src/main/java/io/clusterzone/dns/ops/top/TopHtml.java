package io.clusterzone.dns.ops.top;

import io.clusterzone.dns.ops.Mnemonics;
import io.clusterzone.dns.ops.top.Dimension.By;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A report of `top` as a page that a browser asks for again by itself. It has no script, and every
/// name in it is escaped: clients choose them.
public final class TopHtml {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
      body { margin: 1.5rem auto; max-width: 72rem; padding: 0 1rem; }
      h1 { font-size: 1.3rem; margin: 0; } h2 { font-size: 1rem; margin: 1.4rem 0 .3rem; }
      .muted { opacity: .65; } nav { margin: .8rem 0; } nav a, nav b { margin-right: .9rem; }
      table { border-collapse: collapse; width: 100%; }
      th, td { padding: .15rem .7rem .15rem 0; text-align: left; vertical-align: top; }
      th { font-weight: 600; } .head th { border-bottom: 1px solid; }
      .side th { width: 9rem; font-weight: 400; }
      .n { text-align: right; width: 7rem; font-variant-numeric: tabular-nums; }
      .k { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
      .bar { width: 12rem; } .bar i { display: block; height: .7rem; margin-top: .35rem;
        background: #4a7fd0; }
      .rest td { border-top: 1px solid; }
      .down { color: #c33; font-weight: 600; }
      """;

  private final Formatter page;
  private final TopReport report;

  private TopHtml(TopReport report, Formatter page) {
    this.page = page;
    this.report = report;
  }

  /// The whole page.
  ///
  /// @param seconds after which the browser asks again
  public static String of(TopReport report, int seconds) {
    try (Formatter page = new Formatter(Locale.ROOT)) {
      new TopHtml(report, page).write(seconds);
      return page.toString();
    }
  }

  private void write(int seconds) {
    page.format("<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n");
    page.format("<meta name=\"viewport\" content=\"width=device-width\">\n");
    page.format("<meta http-equiv=\"refresh\" content=\"%d\">\n", seconds);
    page.format("<title>Clusterzone top</title>\n<style>\n%s</style>\n", STYLE);
    Rates.Now rates = report.rates();
    page.format("<h1>%,.1f queries per second</h1>\n", rates.all());
    page.format(
        "<p class=\"muted\">mean of the last %.0f s; this page asks again every %d s</p>\n",
        rates.seconds(), seconds);
    page.format("<h2>Per second</h2>\n<table class=\"side\">\n");
    rates("Response codes", rates.rcodes());
    rates("Types", rates.types());
    page.format("</table>\n");
    cacheAndUpstreams();
    page.format("<h2>%s</h2>\n", escaped(report.wish().title()));
    page.format("<p class=\"muted\">%s</p>\n", escaped(report.base()));
    choices();
    if (report.wish().slow()) {
      slow();
    } else {
      ranks();
    }
    page.format("</html>\n");
  }

  private void rates(String title, Map<String, Double> rates) {
    page.format("<tr><th>%s<td>", title);
    rates.forEach((key, rate) -> page.format("%s&nbsp;%,.1f &ensp;", escaped(key), rate));
    page.format("%s\n", rates.isEmpty() ? "none" : "");
  }

  private void cacheAndUpstreams() {
    TopReport.Cached cached = report.cached();
    page.format(
        "<h2>Cache</h2>\n<p>%,d entries, %,d hits, %,d misses (%s&thinsp;%% hits)</p>\n",
        cached.entries(), cached.hits(), cached.misses(), cached.share());
    if (report.upstreams().isEmpty()) {
      return;
    }
    page.format(
        "<h2>Upstreams</h2>\n<table>\n<tr class=\"head\"><th>Address<th>State<th class=\"n\">Asked");
    page.format("<th class=\"n\">Answered\n");
    for (TopReport.Upstream upstream : report.upstreams()) {
      page.format(
          "<tr><td class=\"k\">%s<td%s>%s<td class=\"n\">%,d<td class=\"n\">%,d\n",
          escaped(upstream.address()),
          upstream.down() ? " class=\"down\"" : "",
          upstream.down() ? "down" : "up",
          upstream.asked(),
          upstream.answered());
    }
    page.format("</table>\n");
  }

  /// Links to the other ranks, each of which keeps the rest of what was asked for.
  private void choices() {
    TopReport.Wish wish = report.wish();
    page.format("<nav>");
    for (By by : By.values()) {
      String word = by.name().toLowerCase(Locale.ROOT);
      if (by == By.LABELS) {
        for (int labels = 2; labels <= 4; labels++) {
          Dimension dimension = new Dimension(by, labels);
          choice(dimension, wish.rcode(), false, "last " + labels + " labels");
        }
      } else {
        choice(new Dimension(by, 0), wish.rcode(), false, "by " + word);
      }
    }
    choice(wish.dimension(), wish.rcode(), true, "slowest");
    page.format("</nav>\n<nav>");
    for (int rcode : List.of(TopReport.ANY_RCODE, 0, 2, 3, 5)) {
      String word = rcode == TopReport.ANY_RCODE ? "all codes" : Mnemonics.rcode(rcode);
      choice(wish.dimension(), rcode, wish.slow(), word);
    }
    page.format("</nav>\n<nav>");
    for (QueryTop.Span span : QueryTop.Span.values()) {
      choice(span, wish.dimension(), wish.rcode(), wish.slow(), span.word());
    }
    page.format("</nav>\n");
  }

  private void choice(Dimension dimension, int rcode, boolean slow, String word) {
    choice(report.wish().span(), dimension, rcode, slow, word);
  }

  private void choice(
      QueryTop.Span span, Dimension dimension, int rcode, boolean slow, String word) {
    TopReport.Wish wish = report.wish();
    boolean isNow =
        slow == wish.slow()
            && span == wish.span()
            && rcode == wish.rcode()
            && (slow || dimension.equals(wish.dimension()));
    if (isNow) {
      page.format("<b>%s</b>", word);
      return;
    }
    String by = dimension.by().name().toLowerCase(Locale.ROOT);
    page.format(
        "<a href=\"/top.html?%s%s&amp;window=%s&amp;count=%d\">%s</a>",
        slow
            ? "slow=true"
            : "by=" + by + (dimension.labels() > 0 ? "&amp;labels=" + dimension.labels() : ""),
        rcode == TopReport.ANY_RCODE ? "" : "&amp;rcode=" + Mnemonics.rcode(rcode),
        span.word(),
        wish.most(),
        word);
  }

  private void ranks() {
    Ranking ranking = report.ranking();
    page.format(
        "<table>\n<tr class=\"head\"><th class=\"n\">Count<th class=\"n\">%%<th class=\"bar\"><th>%s\n",
        capital(report.wish().column()));
    for (Ranking.Row row : ranking.rows()) {
      rank("", row.count(), ranking.total(), row.key());
    }
    rank(" class=\"rest\"", ranking.rest(), ranking.total(), "(rest)");
    page.format("</table>\n");
  }

  private void rank(String rowClass, long count, long total, String key) {
    String share = TopReport.share(count, total);
    page.format(
        "<tr%s><td class=\"n\">%,d<td class=\"n\">%s<td class=\"bar\"><i style=\"width:%s%%\"></i>"
            + "<td class=\"k\">%s\n",
        rowClass, count, share, share, escaped(key));
  }

  private void slow() {
    page.format(
        "<table>\n<tr class=\"head\"><th class=\"n\">ms<th>Code<th>Type<th>Client<th>Name\n");
    for (SlowQuery query : report.slow()) {
      page.format(
          "<tr><td class=\"n\">%,.3f<td>%s<td>%s<td class=\"k\">%s<td class=\"k\">%s\n",
          query.nanos() / 1e6,
          Mnemonics.rcode(query.rcode()),
          Mnemonics.type(query.type()),
          escaped(query.client()),
          escaped(query.name()));
    }
    page.format("</table>\n");
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
