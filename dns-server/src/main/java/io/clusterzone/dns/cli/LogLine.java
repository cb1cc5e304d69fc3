package io.clusterzone.dns.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/// One line of the log: `[INFO] message`, as CoreDNS prints it, so that what reads its log reads
/// ours.
///
/// Messages carry names that strangers choose: control characters are escaped (`\010`), so that
/// none starts a line of its own or speaks to the terminal.
final class LogLine extends Formatter {
  @Override
  public String format(LogRecord line) {
    var text = new StringBuilder("[").append(level(line.getLevel())).append("] ");
    appendEscaped(text, formatMessage(line));
    appendCause(text, line.getThrown());
    return text.append('\n').toString();
  }

  private static String level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARNING";
    }
    return value >= Level.INFO.intValue() ? "INFO" : "DEBUG";
  }

  private static void appendEscaped(StringBuilder text, String message) {
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      if (Character.isISOControl(c)) {
        text.append("\\%03d".formatted((int) c));
      } else {
        text.append(c);
      }
    }
  }

  private static void appendCause(StringBuilder text, @Nullable Throwable cause) {
    if (cause != null) {
      var trace = new StringWriter();
      cause.printStackTrace(new PrintWriter(trace));
      text.append('\n').append(trace.toString().stripTrailing());
    }
  }
}
