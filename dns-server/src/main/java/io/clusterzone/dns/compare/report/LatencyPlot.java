package io.clusterzone.dns.compare.report;

import java.util.List;
import java.util.Locale;

/// The histograms of reply times as a drawing: a pair of bars for each class of time, ours and the
/// first of the others.
final class LatencyPlot {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 220;
  private static final int LEFT = 60;
  private static final int TOP = 30;
  private static final int LABEL_ROOM = 44;

  private LatencyPlot() {}

  static String of(Compared compared) {
    List<Figures.Row> rows = Figures.histogram(compared);
    long most =
        rows.stream()
            .flatMap(row -> row.counts().stream().limit(2))
            .mapToLong(Long::longValue)
            .max()
            .orElse(0);
    if (most == 0) {
      return "";
    }
    var svg = new StringBuilder();
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Replies by the time they took\">\n"
            .formatted(WIDTH, TOP + HEIGHT + LABEL_ROOM));
    legend(svg, "here", 0, "--here");
    legend(svg, "there", 90, "--there");
    axis(svg, most);
    double step = (double) (WIDTH - LEFT) / rows.size();
    for (int i = 0; i < rows.size(); i++) {
      bars(svg, rows.get(i), most, LEFT + i * step, step);
      if (rows.size() <= 20 || i % 2 == 0) {
        label(svg, rows.get(i), LEFT + (i + 0.5) * step);
      }
    }
    return svg.append("</svg>\n").toString();
  }

  private static void legend(StringBuilder svg, String name, int offset, String colour) {
    svg.append(
        "<rect x=\"%d\" y=\"4\" width=\"12\" height=\"12\" fill=\"var(%s)\"/><text x=\"%d\" y=\"14\">%s</text>\n"
            .formatted(LEFT + offset, colour, LEFT + offset + 18, name));
  }

  private static void axis(StringBuilder svg, long most) {
    for (int quarter = 0; quarter <= 4; quarter += 2) {
      int y = TOP + HEIGHT - HEIGHT * quarter / 4;
      svg.append(
          "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"var(--line)\"/>"
              .formatted(LEFT, WIDTH, y, y));
      svg.append(
          "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n"
              .formatted(LEFT - 8, y + 4, Figures.count(most * quarter / 4)));
    }
  }

  private static void bars(StringBuilder svg, Figures.Row row, long most, double x, double step) {
    double width = Math.min(step * 0.4, 28);
    double middle = x + step / 2;
    bar(svg, middle - width, width, row.counts().get(0), most, "here");
    bar(svg, middle, width, row.counts().get(1), most, "there");
  }

  private static void bar(
      StringBuilder svg, double x, double width, long count, long most, String side) {
    double height = (double) HEIGHT * count / most;
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"var(--%s)\">"
                + "<title>%s %s</title></rect>\n",
            x,
            TOP + HEIGHT - height,
            width,
            height,
            side,
            side,
            Figures.count(count)));
  }

  private static void label(StringBuilder svg, Figures.Row row, double x) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
            x,
            TOP + HEIGHT + 18,
            Figures.micros(row.uptoMicros())));
  }
}
