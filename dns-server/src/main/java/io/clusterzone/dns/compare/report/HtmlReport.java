package io.clusterzone.dns.compare.report;

import static io.clusterzone.dns.compare.report.Figures.count;

import io.clusterzone.dns.compare.Deviation;
import io.clusterzone.dns.compare.Judgement.Kind;
import io.clusterzone.dns.compare.run.Kept;
import io.clusterzone.dns.compare.run.Latencies;
import io.clusterzone.dns.compare.run.Tally;
import java.io.IOException;
import java.util.List;

/// A comparison as one page of HTML that needs nothing else: no script, no other file. All text is
/// escaped, whatever a server said.
public final class HtmlReport {
  private static final int MOST_GROUPS = 500;
  private static final int MOST_DETAILS = 2000;

  private final Compared compared;
  private final Tally tally;
  private final Appendable out;

  private HtmlReport(Compared compared, Appendable out) {
    this.compared = compared;
    this.tally = compared.tally();
    this.out = out;
  }

  public static void write(Compared compared, Appendable out) throws IOException {
    new HtmlReport(compared, out).write();
  }

  private void write() throws IOException {
    out.append(HtmlStyle.HEAD);
    out.append("<h1>").append(escaped(compared.verdict())).append("</h1>\n");
    line(
        "%s from %s, compared in %s"
            .formatted(
                Figures.counted(tally.questions(), "question"),
                compared.questions(),
                Figures.seconds(compared.seconds())));
    line("here: " + compared.here());
    line("there: " + String.join(", ", compared.there()));
    out.append("<h2>Outcome</h2>\n");
    outcome();
    out.append("<h2>Differences by what was expected and got</h2>\n");
    groups();
    out.append("<h2>Time to the reply</h2>\n");
    latencies();
    out.append(LatencyPlot.of(compared));
    out.append("<h2>Each difference</h2>\n");
    details();
    out.append("</main>\n");
  }

  private void line(String text) throws IOException {
    out.append("<p>").append(escaped(text)).append("</p>\n");
  }

  private void head(String... columns) throws IOException {
    out.append("<div class=\"wide\"><table><thead><tr>");
    for (String column : columns) {
      boolean number = column.endsWith("#");
      out.append(number ? "<th class=\"n\">" : "<th>");
      out.append(escaped(number ? column.substring(0, column.length() - 1) : column));
      out.append("</th>");
    }
    out.append("</tr></thead><tbody>\n");
  }

  private void end() throws IOException {
    out.append("</tbody></table></div>\n");
  }

  private void outcome() throws IOException {
    head("", "questions#", "share#", "not in the baseline#", "");
    row("agree", "fine", tally.agreements(), "", "the same in every field");
    for (Kind kind : Kind.values()) {
      if (tally.count(kind) > 0 || kind == Kind.WRONG_HERE) {
        row(
            kind.toString(),
            colour(kind, tally.count(kind)),
            tally.count(kind),
            count(tally.fresh(kind)),
            Compared.meaning(kind));
      }
    }
    if (tally.silences() > 0) {
      row("no reply from anybody", "slight", tally.silences(), "", "no server replied in time");
    }
    if (tally.notOurs() > 0) {
      row("not asked", "slight", tally.notOurs(), "", "outside our zones");
    }
    end();
  }

  private void row(String label, String style, long number, String fresh, String meaning)
      throws IOException {
    out.append("<tr><td class=\"").append(style).append("\">").append(escaped(label));
    out.append("</td><td class=\"n\">").append(count(number));
    out.append("</td><td class=\"n\">").append(Figures.percent(number, tally.questions()));
    out.append("</td><td class=\"n\">").append(fresh);
    out.append("</td><td>").append(escaped(meaning)).append("</td></tr>\n");
  }

  private static String colour(Kind kind, long count) {
    return switch (kind) {
      case WRONG_HERE -> count == 0 ? "fine" : "bad";
      case WRONG_THERE, THEY_DIFFER, LATER_HERE, LATER_THERE -> "warn";
      case NOT_REPRODUCIBLE, OUTSIDE_VARIES, OWN_NAMES, OPTIONAL, TTL_ONLY, ORDER -> "slight";
    };
  }

  private void groups() throws IOException {
    List<Tally.Group> groups = tally.groups();
    if (groups.isEmpty()) {
      line("There are none.");
      return;
    }
    head("judgement", "field", "here", "there", "times#", "questions, for example");
    for (Tally.Group group : groups.subList(0, Math.min(groups.size(), MOST_GROUPS))) {
      Kind kind = group.judgement().kind();
      out.append("<tr><td class=\"").append(colour(kind, 1)).append("\">");
      out.append(escaped(group.judgement().toString()));
      Deviation deviation = group.judgement().deviation();
      if (deviation != null) {
        String rule = deviation.rule() + ": " + deviation.sentence();
        out.append("<small>").append(escaped(rule)).append("</small>");
      }
      out.append("</td><td>").append(escaped(group.difference().field().toString()));
      out.append("</td><td>").append(escaped(group.difference().here()));
      out.append("</td><td>").append(escaped(group.difference().there()));
      out.append("</td><td class=\"n\">").append(count(group.count())).append("</td><td><code>");
      out.append(String.join("<br>", group.examples().stream().map(Html::escaped).toList()));
      out.append("</code></td></tr>\n");
    }
    end();
    if (groups.size() > MOST_GROUPS) {
      line("And " + count(groups.size() - MOST_GROUPS) + " more groups: see --output json.");
    }
  }

  private void latencies() throws IOException {
    out.append("<div class=\"wide\"><table><thead><tr><th></th><th class=\"n\">replies</th>");
    for (double share : Figures.SHARES) {
      out.append("<th class=\"n\">").append(Figures.percentile(share)).append("</th>");
    }
    out.append("<th class=\"n\">longest</th></tr></thead><tbody>\n");
    for (int server = 0; server < compared.servers(); server++) {
      Latencies times = tally.latencies(server);
      out.append("<tr><td>").append(escaped(compared.server(server)));
      out.append("</td><td class=\"n\">").append(count(times.count())).append("</td>");
      for (double share : Figures.SHARES) {
        out.append("<td class=\"n\">").append(Figures.micros(times.micros(share))).append("</td>");
      }
      out.append("<td class=\"n\">").append(Figures.micros(times.longestMicros()));
      out.append("</td></tr>\n");
    }
    end();
  }

  private void details() throws IOException {
    List<Kept> kept = tally.kept();
    for (Kept one : kept.subList(0, Math.min(kept.size(), MOST_DETAILS))) {
      out.append("<details><summary><code>").append(escaped(one.question()));
      out.append("</code> <span class=\"").append(colour(one.judgement().kind(), 1)).append("\">");
      out.append(escaped(one.judgement().toString())).append("</span>, ");
      out.append(escaped(one.field())).append(": ").append(escaped(one.here()));
      out.append(" here, ").append(escaped(one.there())).append(" there</summary>");
      out.append("<div class=\"pair\"><pre><b>here</b>\n").append(escaped(one.wholeHere()));
      out.append("</pre><pre><b>there</b>\n").append(escaped(one.wholeThere()));
      out.append("</pre></div></details>\n");
    }
    long more = tally.differences() - Math.min(kept.size(), MOST_DETAILS);
    if (more > 0 || kept.isEmpty()) {
      line(kept.isEmpty() ? "There are none." : "And " + count(more) + " more: see --output json.");
    }
  }

  private static String escaped(String text) {
    return Html.escaped(text);
  }
}
