package io.clusterzone.dns.config.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Durations as Go writes them: `300ms`, `1.5h`, `2h45m`; `0` alone needs no unit.
public final class GoDuration {
  private static final int MAX_LENGTH = 40;
  private static final BigDecimal MAX_NANOS = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final Pattern PART =
      Pattern.compile("(\\d++(?:\\.\\d*+)?+|\\.\\d++)(ns|us|µs|μs|ms|s|m|h)");

  private GoDuration() {}

  /// The duration, or null if the text is none, is negative or longer than 292 years.
  public static @Nullable Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return null;
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher part = PART.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!part.region(at, text.length()).lookingAt()) {
        return null;
      }
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(nanosOf(part.group(2))));
      at = part.end();
    }
    return nanos.compareTo(MAX_NANOS) > 0 ? null : Duration.ofNanos(nanos.longValue());
  }

  /// As Go writes it, without parts that are zero: `5s`, `1h30m`.
  public static String format(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    return (duration.toHours() > 0 ? duration.toHours() + "h" : "")
        + (duration.toMinutesPart() > 0 ? duration.toMinutesPart() + "m" : "")
        + (duration.toSecondsPart() > 0 ? duration.toSecondsPart() + "s" : "")
        + (duration.toMillisPart() > 0 ? duration.toMillisPart() + "ms" : "");
  }

  private static BigDecimal nanosOf(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "ns" -> 1L;
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          default -> 1_000L;
        });
  }
}
