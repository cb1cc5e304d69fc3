package io.clusterzone.dns.ops.log;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Text that is safe in a line of the log.
final class LogText {
  private LogText() {}

  /// Appends text of unknown origin. Octets that are not printable ASCII become `\DDD`, as in
  /// names.
  static void append(StringBuilder out, String text) {
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      int value = octet & 0xff;
      if (value >= ' ' && value <= '~') {
        out.append((char) value);
      } else {
        out.append('\\').append((char) ('0' + value / 100));
        out.append((char) ('0' + value / 10 % 10)).append((char) ('0' + value % 10));
      }
    }
  }

  /// Appends a line about one error.
  static void error(StringBuilder out, String level, LogLine.Failure error) {
    out.append('[').append(level).append("] plugin/errors: ");
    append(out, error.subject());
    out.append(": ");
    append(out, error.message());
    out.append('\n');
  }

  /// As Go writes durations: `1h0m0s`, `5m0s`, `30s`, `1.5s`, `200ms`.
  static String duration(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1000) {
      return millis + "ms";
    }
    String seconds =
        duration.toSecondsPart()
            + (millis % 1000 == 0
                ? ""
                : ("." + String.format("%03d", millis % 1000)).replaceAll("0+$", ""))
            + "s";
    String minutes = duration.toMinutes() > 0 ? duration.toMinutesPart() + "m" : "";
    String hours = duration.toHours() > 0 ? duration.toHours() + "h" : "";
    return hours + minutes + seconds;
  }
}
