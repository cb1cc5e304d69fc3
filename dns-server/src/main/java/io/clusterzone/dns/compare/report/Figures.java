package io.clusterzone.dns.compare.report;

import io.clusterzone.dns.compare.run.Latencies;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Numbers as reports write them.
final class Figures {
  /// The shares of replies whose longest time is told.
  static final List<Double> SHARES = List.of(0.5, 0.9, 0.99, 0.999);

  /// Replies of several servers within one class of time.
  ///
  /// @param counts one of each server
  record Row(double uptoMicros, List<Long> counts) {}

  private Figures() {}

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /// A number with its noun, which takes an `s` unless the number is one.
  static String counted(long count, String noun) {
    return count(count) + " " + noun + (count == 1 ? "" : "s");
  }

  static String percent(long part, long whole) {
    return whole == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
  }

  static String percentile(double share) {
    return String.format(Locale.ROOT, "%s %%", share == 0.999 ? "99.9" : Math.round(share * 100));
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.1f s", seconds);
  }

  /// A time with three digits at the most; a dash without one.
  static String micros(double micros) {
    if (micros == 0) {
      return "-";
    }
    if (micros < 1000) {
      return String.format(Locale.ROOT, micros < 10 ? "%.1f µs" : "%.0f µs", micros);
    }
    double millis = micros / 1000;
    return millis < 1000
        ? String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis)
        : String.format(Locale.ROOT, "%.1f s", millis / 1000);
  }

  /// The histograms of all servers side by side.
  static List<Row> histogram(Compared compared) {
    NavigableMap<Double, List<Long>> rows = new TreeMap<>();
    for (int server = 0; server < compared.servers(); server++) {
      for (Latencies.Bar bar : compared.tally().latencies(server).bars()) {
        List<Long> counts =
            rows.computeIfAbsent(
                bar.uptoMicros(),
                _ -> new ArrayList<>(Collections.nCopies(compared.servers(), 0L)));
        counts.set(server, bar.count());
      }
    }
    List<Row> list = new ArrayList<>();
    rows.forEach((upto, counts) -> list.add(new Row(upto, List.copyOf(counts))));
    return list;
  }
}
