package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogLineTest {
  private static String line(Level level, String message) {
    return new LogLine().format(new LogRecord(level, message));
  }

  @ParameterizedTest
  @CsvSource({"SEVERE,ERROR", "WARNING,WARNING", "INFO,INFO", "FINE,DEBUG", "FINEST,DEBUG"})
  void callsLevelsAsCoreDnsDoes(String level, String word) {
    assertThat(line(Level.parse(level), "x")).isEqualTo("[" + word + "] x\n");
  }

  @Test
  void keepsAMessageOnItsLine() {
    assertThat(line(Level.INFO, "a\r\n[ERROR] b\u001b[2J\u007f\u0085"))
        .isEqualTo("[INFO] a\\013\\010[ERROR] b\\027[2J\\127\\133\n");
  }

  @Test
  void leavesLettersOfAllLanguages() {
    assertThat(line(Level.INFO, "größe \"日本\" {0}")).isEqualTo("[INFO] größe \"日本\" {0}\n");
  }

  @Test
  void addsTheStackTraceOfACause() {
    var failed = new LogRecord(Level.SEVERE, "failed");
    failed.setThrown(new IllegalStateException("broken"));
    assertThat(new LogLine().format(failed))
        .startsWith("[ERROR] failed\njava.lang.IllegalStateException: broken\n\tat ")
        .endsWith("\n");
  }

  /// An exception of a parser quotes what it could not read.
  @Test
  void keepsWhatExceptionsSayOnTheirLines() {
    var cause = new IllegalStateException("inner\r\n[ERROR] forged \u001b[2J");
    var failed = new LogRecord(Level.SEVERE, "failed");
    failed.setThrown(new IllegalArgumentException("outer\n[ERROR] forged", cause));
    String text = new LogLine().format(failed);
    assertThat(text)
        .contains("\njava.lang.IllegalArgumentException: outer\\010[ERROR] forged\n\tat ")
        .contains(
            "\nCaused by: java.lang.IllegalStateException: inner\\013\\010[ERROR] forged \\027[2J")
        .doesNotContain("\n[ERROR] forged", "\u001b");
  }

  @Test
  void endsWhereCausesLeadBackToOneAnother() {
    var one = new IllegalStateException("one");
    one.initCause(new IllegalStateException("two", one));
    var failed = new LogRecord(Level.SEVERE, "failed");
    failed.setThrown(one);
    assertThat(new LogLine().format(failed)).contains("Caused by: ").hasSizeLessThan(200_000);
  }
}
