package io.clusterzone.dns.ops.top;

import io.clusterzone.dns.ops.Mnemonics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A report of `top` as maps and lists, for JSON.
public final class TopFields {
  private TopFields() {}

  public static Map<String, Object> of(TopReport report) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Rates.Now rates = report.rates();
    fields.put("queries_per_second", rounded(rates.all()));
    fields.put("rcodes_per_second", rounded(rates.rcodes()));
    fields.put("types_per_second", rounded(rates.types()));
    fields.put("rate_seconds", rounded(rates.seconds()));
    fields.put(
        "cache",
        Map.of(
            "entries",
            report.cached().entries(),
            "hits",
            report.cached().hits(),
            "misses",
            report.cached().misses()));
    fields.put("upstreams", report.upstreams().stream().map(TopFields::upstream).toList());
    Coverage coverage = report.coverage();
    fields.put("seconds", coverage.time().toSeconds());
    fields.put("queries", coverage.queries());
    fields.put("samples", coverage.samples());
    TopReport.Wish wish = report.wish();
    if (wish.rcode() != TopReport.ANY_RCODE) {
      fields.put("rcode", Mnemonics.rcode(wish.rcode()));
    }
    if (wish.slow()) {
      fields.put("slow", report.slow().stream().map(TopFields::slow).toList());
      return fields;
    }
    fields.put("by", wish.column());
    if (wish.dimension().labels() > 0) {
      fields.put("labels", wish.dimension().labels());
    }
    Ranking ranking = report.ranking();
    fields.put("rows", rows(ranking));
    fields.put("rest", ranking.rest());
    fields.put("total", ranking.total());
    return fields;
  }

  private static List<Map<String, Object>> rows(Ranking ranking) {
    return ranking.rows().stream()
        .map(row -> {
          Map<String, Object> fields = new LinkedHashMap<>();
          fields.put("key", row.key());
          fields.put("count", row.count());
          fields.put("error", row.error());
          fields.put("percent", rounded(100.0 * row.count() / Math.max(1, ranking.total())));
          return fields;
        })
        .toList();
  }

  private static Map<String, Object> upstream(TopReport.Upstream upstream) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("address", upstream.address());
    fields.put("down", upstream.down());
    fields.put("asked", upstream.asked());
    fields.put("answered", upstream.answered());
    return fields;
  }

  private static Map<String, Object> slow(SlowQuery query) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", query.name());
    fields.put("type", Mnemonics.type(query.type()));
    fields.put("client", query.client());
    fields.put("rcode", Mnemonics.rcode(query.rcode()));
    fields.put("milliseconds", query.nanos() / 1e6);
    return fields;
  }

  private static Map<String, Double> rounded(Map<String, Double> rates) {
    Map<String, Double> all = new LinkedHashMap<>();
    rates.forEach((key, rate) -> all.put(key, rounded(rate)));
    return all;
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
