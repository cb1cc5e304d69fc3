package io.clusterzone.dns.server;

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
  /// Causes may lead back to one another.
  private static final int MAX_CAUSES = 10;

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

  /// The stack trace as the JDK prints it; messages of the exceptions are escaped too, because they
  /// may quote a stranger.
  private static void appendCause(StringBuilder text, @Nullable Throwable thrown) {
    String before = "\n";
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      appendEscaped(text.append(before), cause.toString());
      for (StackTraceElement frame : cause.getStackTrace()) {
        text.append("\n\tat ").append(frame);
      }
      before = "\nCaused by: ";
      cause = cause.getCause();
    }
  }
}
