package io.clusterzone.dns.ops.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.config.Errors;
import io.clusterzone.dns.config.Errors.Level;
import io.clusterzone.dns.ops.log.ErrorRules.Consolidation;
import io.clusterzone.zones.name.Name;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogTest {
  private static LoggedQuery query() {
    return LogFormatTest.query("192.0.2.1", Name.parse("a.example"), 0, 0x8000);
  }

  @Test
  void writesALineForEachQueryInOrder() {
    StringBuilder out = new StringBuilder();
    try (Log log = Log.start(out, 10)) {
      log.query(new LogFormat("first {name}"), query());
      log.query(new LogFormat("second"), query());
    }
    assertThat(out).hasToString("[INFO] first a.example.\n[INFO] second\n");
  }

  @Test
  void aStalledReaderCostsLinesAndNeverWaits() {
    CountDownLatch reader = new CountDownLatch(1);
    Stalling out = new Stalling(reader);
    try (Log log = Log.start(out, 10)) {
      log.query(new LogFormat("taken"), query());
      await().until(() -> out.stalled);
      for (int i = 0; i < 100; i++) {
        log.query(new LogFormat("queued"), query());
      }
      assertThat(log.dropped()).isEqualTo(90);
      reader.countDown();
    }
    assertThat(out.text.toString().lines()).hasSize(11);
  }

  /// A stack trace may be longer than all the queries that wait.
  @Test
  void longTextTakesMorePlacesAndIsCut() {
    CountDownLatch reader = new CountDownLatch(1);
    Stalling out = new Stalling(reader);
    try (Log log = Log.start(out, 200)) {
      log.print("taken\n", false);
      await().until(() -> out.stalled);
      log.print("x".repeat(Log.MAX_TEXT + 1) + "\n", false);
      log.print("y".repeat(25_600) + "\n", false);
      assertThat(log.dropped()).isZero();
      log.print("z\n", false);
      assertThat(log.dropped()).isEqualTo(1);
      reader.countDown();
    }
    assertThat(out.text.toString().lines())
        .containsExactly("taken", "x".repeat(Log.MAX_TEXT) + "...", "y".repeat(25_600));
  }

  @Test
  void hasAnOutputForErrorsToo() {
    StringBuilder out = new StringBuilder();
    StringBuilder err = new StringBuilder();
    try (Log log = Log.start(out, err, 10)) {
      log.print("told\n", false);
      log.print("complained\n", true);
    }
    assertThat(out).hasToString("told\n");
    assertThat(err).hasToString("complained\n");
  }

  @Test
  void anOutputThatFailsIsTriedAgainAndItsLinesAreCounted() {
    StringBuilder out = new StringBuilder();
    try (Log log = Log.start(new Failing(out), 10)) {
      log.query(new LogFormat("lost"), query());
      await().until(() -> log.dropped() == 1);
      log.query(new LogFormat("written"), query());
    }
    assertThat(out).hasToString("[INFO] written\n");
  }

  @Test
  void writesErrorsWithWhatTheyAreAbout() {
    StringBuilder out = new StringBuilder();
    try (Log log = Log.start(out, 10)) {
      log.error(ErrorRules.PLAIN, "2 a.example. A", "bad\r\n[INFO] \u001b[31mforged \u00e9");
    }
    assertThat(out)
        .hasToString(
            "[ERROR] plugin/errors: 2 a.example. A: bad\\013\\010[INFO] \\027[31mforged"
                + " \\195\\169\n");
  }

  @Test
  void countsConsolidatedErrorsByTheFirstRuleThatFits() {
    ErrorRules rules =
        new ErrorRules(
            List.of(
                rule(Duration.ofSeconds(30), ".* timeout$", Level.WARNING, false),
                rule(Duration.ofMinutes(5), "read", Level.ERROR, false)));
    StringBuilder out = new StringBuilder();
    try (Log log = Log.start(out, 10)) {
      log.error(rules, "2 a. A", "read timeout");
      log.error(rules, "2 b. A", "dial timeout");
      log.error(rules, "2 c. A", "refused");
    }
    assertThat(out)
        .hasToString(
            """
            [ERROR] plugin/errors: 2 c. A: refused
            [WARNING] plugin/errors: 2 errors like '.* timeout$' occurred in last 30s
            """);
  }

  @Test
  void writesAConsolidatedCountOnceItsTimeIsOver() {
    Consolidation rule = rule(Duration.ofSeconds(30), "x", Level.ERROR, false);
    LogLine.Failure failure = new LogLine.Failure(new ErrorRules(List.of(rule)), "2 a. A", "x");
    Consolidator consolidator = new Consolidator();
    StringBuilder out = new StringBuilder();
    assertThat(consolidator.takes(failure, 0, out)).isTrue();
    assertThat(consolidator.takes(failure, 29_000_000_000L, out)).isTrue();
    consolidator.writeDue(out, 29_999_999_999L);
    assertThat(out).isEmpty();
    consolidator.writeDue(out, 30_000_000_000L);
    consolidator.writeDue(out, 60_000_000_000L);
    assertThat(out).hasToString("[ERROR] plugin/errors: 2 errors like 'x' occurred in last 30s\n");
  }

  @Test
  void writesTheFirstAtOnceAndTheNumberOfMore() {
    Consolidation rule = rule(Duration.ofSeconds(30), "x", Level.WARNING, true);
    LogLine.Failure failure = new LogLine.Failure(new ErrorRules(List.of(rule)), "2 a. A", "x");
    Consolidator consolidator = new Consolidator();
    StringBuilder out = new StringBuilder();
    consolidator.takes(failure, 0, out);
    assertThat(out).hasToString("[WARNING] plugin/errors: 2 a. A: x\n");
    consolidator.writeDue(out, 30_000_000_000L);
    assertThat(out).hasToString("[WARNING] plugin/errors: 2 a. A: x\n");
    out.setLength(0);
    consolidator.takes(failure, 40_000_000_000L, out);
    consolidator.takes(failure, 40_000_000_001L, out);
    consolidator.writeDue(out, 70_000_000_000L);
    assertThat(out)
        .hasToString(
            """
            [WARNING] plugin/errors: 2 a. A: x
            [WARNING] plugin/errors: 2 errors like 'x' occurred in last 30s
            """);
  }

  @Test
  void countsWhatIsNotShownAndSaysNothing() {
    Consolidation rule = rule(Duration.ofSeconds(30), "x", Level.DEBUG, true);
    LogLine.Failure failure = new LogLine.Failure(new ErrorRules(List.of(rule)), "2 a. A", "x");
    Consolidator consolidator = new Consolidator();
    StringBuilder out = new StringBuilder();
    assertThat(consolidator.takes(failure, 0, out)).isTrue();
    assertThat(consolidator.takes(failure, 0, out)).isTrue();
    consolidator.writeAll(out);
    assertThat(out).isEmpty();
  }

  private static Consolidation rule(
      Duration period, String pattern, Level level, boolean showFirst) {
    return new Consolidation(
        new Errors.Consolidation(period, pattern, level, showFirst), level != Level.DEBUG);
  }

  @ParameterizedTest
  @CsvSource({
    "PT30S, 30s",
    "PT5M, 5m0s",
    "PT1H, 1h0m0s",
    "PT1.5S, 1.5s",
    "PT0.2S, 200ms",
    "PT1M1.25S, 1m1.25s"
  })
  void writesDurationsAsGoDoes(Duration duration, String text) {
    assertThat(LogText.duration(duration)).isEqualTo(text);
  }

  /// Waits in its first write.
  private static final class Stalling implements Appendable {
    private final StringBuilder text = new StringBuilder();
    private final CountDownLatch reader;
    private volatile boolean stalled;

    private Stalling(CountDownLatch reader) {
      this.reader = reader;
    }

    @Override
    public Appendable append(CharSequence lines) {
      stalled = true;
      try {
        reader.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      text.append(lines);
      return this;
    }

    @Override
    public Appendable append(CharSequence lines, int start, int end) {
      return append(lines.subSequence(start, end));
    }

    @Override
    public Appendable append(char c) {
      return append(String.valueOf(c));
    }
  }

  /// Fails in its first write.
  private static final class Failing implements Appendable {
    private final StringBuilder text;
    private boolean failed;

    private Failing(StringBuilder text) {
      this.text = text;
    }

    @Override
    public Appendable append(CharSequence lines) throws IOException {
      if (!failed) {
        failed = true;
        throw new IOException("No space left on device");
      }
      text.append(lines);
      return this;
    }

    @Override
    public Appendable append(CharSequence lines, int start, int end) throws IOException {
      return append(lines.subSequence(start, end));
    }

    @Override
    public Appendable append(char c) throws IOException {
      return append(String.valueOf(c));
    }
  }
}
