package io.clusterzone.dns.compare.report;

import io.clusterzone.dns.compare.Judgement.Kind;
import io.clusterzone.dns.compare.run.Tally;
import java.io.PrintWriter;

/// One line of a terminal that is written over: how far a comparison is. For one thread.
public final class ProgressBar {
  private static final int WIDTH = 24;
  private static final String LINE_START = "\r\u001b[K";

  private final PrintWriter terminal;
  private final long expected;

  /// @param expected questions in all; 0 if nobody knows
  public ProgressBar(PrintWriter terminal, long expected) {
    this.terminal = terminal;
    this.expected = expected;
  }

  public void show(Tally tally) {
    long done = tally.agreements() + tally.silences() + tally.differences();
    String bar = "";
    if (expected > 0) {
      int filled = (int) Math.min(WIDTH, done * WIDTH / expected);
      bar = "█".repeat(filled) + "░".repeat(WIDTH - filled) + " ";
    }
    long later = tally.questions() - done;
    terminal.print(
        "%s%s%s compared, %s differ, %s wrong here, %s open"
            .formatted(
                LINE_START,
                bar,
                expected > 0
                    ? Figures.count(done) + " of " + Figures.count(expected)
                    : Figures.count(done),
                Figures.count(tally.differences()),
                Figures.count(tally.count(Kind.WRONG_HERE)),
                Figures.count(later)));
    terminal.flush();
  }

  /// Clears the line.
  public void end() {
    terminal.print(LINE_START);
    terminal.flush();
  }
}
