package io.clusterzone.dns.ops;

import java.util.Locale;

/// Writes metrics in Prometheus's text format, version 0.0.4. Used by one thread.
///
/// A family is opened with [#counter], [#gauge], [#histogram] or [#summary]; its samples follow.
public final class MetricText {
  /// The type of the body of an answer to a scrape.
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private enum Kind {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    SUMMARY
  }

  private final StringBuilder out = new StringBuilder();
  private String family = "";

  public void counter(String name, String help) {
    open(name, Kind.COUNTER, help);
  }

  public void gauge(String name, String help) {
    open(name, Kind.GAUGE, help);
  }

  public void histogram(String name, String help) {
    open(name, Kind.HISTOGRAM, help);
  }

  public void summary(String name, String help) {
    open(name, Kind.SUMMARY, help);
  }

  private void open(String name, Kind kind, String help) {
    family = name;
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ');
    out.append(kind.name().toLowerCase(Locale.ROOT)).append('\n');
  }

  /// A sample of the open family.
  ///
  /// @param labels as [#labels] writes them, or nothing
  public void sample(String labels, long value) {
    line("", labels, Long.toString(value));
  }

  public void sample(String labels, double value) {
    line("", labels, Double.toString(value));
  }

  /// A series that comes into being with its first event: there are more than can be shown.
  void sampleIfAny(String labels, long value) {
    if (value != 0) {
      sample(labels, value);
    }
  }

  /// Writes the number of events and the time they took in all.
  void total(String labels, long count, double seconds) {
    line("_count", labels, Long.toString(count));
    line("_sum", labels, Double.toString(seconds));
  }

  /// The samples of one histogram, if it has counted anything.
  ///
  /// @param counts by place of `buckets`, not accumulated
  void histogram(String labels, Buckets buckets, long[] counts, long sum) {
    long count = 0;
    for (int place = 0; place < buckets.places(); place++) {
      count += counts[place];
    }
    if (count == 0 && !labels.isEmpty()) {
      return;
    }
    long below = 0;
    for (int place = 0; place < buckets.places(); place++) {
      below += counts[place];
      String le = labels("le", buckets.label(place));
      line("_bucket", labels.isEmpty() ? le : labels + "," + le, Long.toString(below));
    }
    line("_sum", labels, buckets.inUnit(sum));
    line("_count", labels, Long.toString(count));
  }

  private void line(String suffix, String labels, String value) {
    out.append(family).append(suffix);
    if (!labels.isEmpty()) {
      out.append('{').append(labels).append('}');
    }
    out.append(' ').append(value).append('\n');
  }

  /// Labels as they stand between braces.
  ///
  /// @param namesAndValues in turn; values may be any text
  public static String labels(String... namesAndValues) {
    StringBuilder labels = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      labels.append(i == 0 ? "" : ",").append(namesAndValues[i]);
      labels.append("=\"").append(escaped(namesAndValues[i + 1])).append('"');
    }
    return labels.toString();
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
