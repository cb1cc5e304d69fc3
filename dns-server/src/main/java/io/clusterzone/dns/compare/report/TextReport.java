package io.clusterzone.dns.compare.report;

import static io.clusterzone.dns.compare.report.Figures.count;

import io.clusterzone.dns.compare.Deviation;
import io.clusterzone.dns.compare.Judgement.Kind;
import io.clusterzone.dns.compare.run.Kept;
import io.clusterzone.dns.compare.run.Latencies;
import io.clusterzone.dns.compare.run.Tally;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/// A comparison for a terminal: what was asked, how it came out, the differences by what was
/// expected and got, and how long replies took. Everything that servers said is printable text.
public final class TextReport {
  private static final int MOST_GROUPS = 40;
  private static final int MOST_DETAILS = 1000;
  private static final int PLOT_WIDTH = 28;
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  private final Compared compared;
  private final Tally tally;
  private final PrintWriter out;
  private final Ansi colour;

  private TextReport(Compared compared, PrintWriter out, Ansi colour) {
    this.compared = compared;
    this.tally = compared.tally();
    this.out = out;
    this.colour = colour;
  }

  /// Prints all of it.
  ///
  /// @param details whether each difference is printed with both answers
  public static void write(Compared compared, boolean details, PrintWriter out, Ansi colour) {
    var report = new TextReport(compared, out, colour);
    report.summary();
    report.groups();
    if (details) {
      report.details();
    }
    report.latencies();
    report.plot();
    out.println();
    out.println(report.bold(compared.verdict()));
  }

  private String bold(String text) {
    return styled(text, Style.bold);
  }

  private String styled(Kind kind, String text) {
    return switch (kind) {
      case WRONG_HERE -> styled(text, Style.bold, Style.fg_red);
      case WRONG_THERE, THEY_DIFFER, LATER_HERE, LATER_THERE ->
          styled(text, Style.bold, Style.fg_yellow);
      case NOT_REPRODUCIBLE, OUTSIDE_VARIES, OWN_NAMES, OPTIONAL, TTL_ONLY, ORDER ->
          styled(text, Style.faint);
    };
  }

  /// Ends with a reset: the end of bold alone (21) is a double underline to many terminals.
  private String styled(String text, IStyle... styles) {
    return colour.enabled() ? Style.on(styles) + text + Style.reset.on() : text;
  }

  private void summary() {
    out.println(
        "%s from %s in %s"
            .formatted(
                Figures.counted(tally.questions(), "question"),
                compared.questions(),
                Figures.seconds(compared.seconds())));
    out.println("here:  " + compared.here());
    out.println("there: " + String.join(", ", compared.there()));
    out.println();
    row(bold(pad("agree")), tally.agreements(), "");
    for (Kind kind : Kind.values()) {
      long count = tally.count(kind);
      if (count > 0 || kind == Kind.WRONG_HERE) {
        String label = pad(kind.toString());
        row(count > 0 ? styled(kind, label) : label, count, remark(kind));
      }
    }
    if (tally.silences() > 0) {
      row(pad("no reply from anybody"), tally.silences(), "");
    }
    if (tally.notOurs() > 0) {
      row(pad("not asked"), tally.notOurs(), "outside our zones; --with asks them too");
    }
  }

  private String remark(Kind kind) {
    long known = tally.count(kind) - tally.fresh(kind);
    String text = known > 0 ? count(known) + " of them in the baseline" : "";
    if (kind == Kind.WRONG_THERE) {
      String numbers =
          tally.deviations().entrySet().stream()
              .map(one -> one.getKey() + " " + count(one.getValue()))
              .collect(Collectors.joining(", "));
      text = text.isEmpty() ? numbers : numbers + "; " + text;
    }
    return text;
  }

  private static String pad(String label) {
    return "%-28s".formatted(label);
  }

  private void row(String label, long count, String remark) {
    String share = Figures.percent(count, tally.questions());
    out.println("  %s%9s %8s  %s".formatted(label, count(count), share, remark).stripTrailing());
  }

  private void groups() {
    List<Tally.Group> groups = tally.groups();
    for (Tally.Group group : groups.subList(0, Math.min(groups.size(), MOST_GROUPS))) {
      out.println();
      out.println(
          "%s, %s: %s here, %s there%s"
              .formatted(
                  styled(group.judgement().kind(), group.judgement().toString()),
                  group.difference().field(),
                  bold(group.difference().here()),
                  bold(group.difference().there()),
                  "  " + Figures.counted(group.count(), "time")));
      Deviation deviation = group.judgement().deviation();
      if (deviation != null) {
        out.println("  %s: %s".formatted(deviation.rule(), deviation.sentence()));
      }
      group.examples().forEach(example -> out.println("    " + example));
      if (group.count() > group.examples().size()) {
        out.println("    ...");
      }
    }
    if (groups.size() > MOST_GROUPS) {
      out.println();
      out.println(
          "and %s more groups: see --output json".formatted(count(groups.size() - MOST_GROUPS)));
    }
  }

  private void details() {
    List<Kept> kept = tally.kept();
    for (Kept one : kept.subList(0, Math.min(kept.size(), MOST_DETAILS))) {
      out.println();
      out.println(
          "%s  %s, %s%s"
              .formatted(
                  bold(one.question()),
                  one.judgement(),
                  one.field(),
                  one.known() ? ", in the baseline" : ""));
      one.wholeHere().lines().forEach(line -> out.println("  here   " + line));
      one.wholeThere().lines().forEach(line -> out.println("  there  " + line));
    }
    if (kept.size() > MOST_DETAILS) {
      out.println();
      out.println("and %s more: see --output json".formatted(count(kept.size() - MOST_DETAILS)));
    }
  }

  private void latencies() {
    out.println();
    var head = new StringBuilder("%-28s%9s".formatted("time to the reply", "replies"));
    Figures.SHARES.forEach(share -> head.append("%9s".formatted(Figures.percentile(share))));
    out.println(head.append("%9s".formatted("longest")));
    for (int server = 0; server < compared.servers(); server++) {
      Latencies times = tally.latencies(server);
      var line = new StringBuilder("  %-26s".formatted(shortened(compared.server(server), 26)));
      line.append("%9s".formatted(count(times.count())));
      Figures.SHARES.forEach(
          share -> line.append("%9s".formatted(Figures.micros(times.micros(share)))));
      out.println(line.append("%9s".formatted(Figures.micros(times.longestMicros()))));
    }
  }

  private static String shortened(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 3) + "...";
  }

  /// Ours and the first of the others, a line for each class of time.
  private void plot() {
    List<Figures.Row> rows = Figures.histogram(compared);
    long most =
        rows.stream()
            .flatMap(row -> row.counts().stream())
            .mapToLong(Long::longValue)
            .max()
            .orElse(0);
    if (most == 0) {
      return;
    }
    out.println();
    out.println("%9s  %-28s  %s".formatted("up to", "here", "there"));
    for (Figures.Row row : rows) {
      out.println(
          "%9s  %-28s  %s"
              .formatted(
                  Figures.micros(row.uptoMicros()),
                  bar(row.counts().get(0), most),
                  bar(row.counts().get(1), most))
              .stripTrailing());
    }
  }

  private static String bar(long count, long most) {
    long eighths = (count * PLOT_WIDTH * 8 + most - 1) / most;
    String whole = "█".repeat((int) (eighths / 8));
    return eighths % 8 == 0 ? whole : whole + EIGHTHS.charAt((int) (eighths % 8));
  }
}
