package io.clusterzone.dns.cli;

import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Writes the log to a stream, one line per record. Safe on any thread.
///
/// It keeps writing while the process ends: the JDK closes every handler at the start of a
/// shutdown, when the last lines are yet to come.
final class LogOutput extends Handler {
  private final PrintStream out;

  LogOutput(PrintStream out) {
    this.out = out;
    setFormatter(new LogLine());
  }

  /// Makes standard output the only place the log goes to.
  static void install() {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.INFO);
    root.addHandler(new LogOutput(System.out));
  }

  @Override
  public void publish(LogRecord line) {
    if (isLoggable(line)) {
      out.print(getFormatter().format(line));
      out.flush();
    }
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {
    out.flush();
  }
}
