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
  /// Netty warns of a host without a hardware address, as a container may be; nothing of ours needs
  /// one. Kept here since the JDK forgets loggers that nobody holds.
  private static final Logger HARDWARE_ADDRESS =
      Logger.getLogger("io.netty.util.internal.MacAddressUtil");

  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger OURS = Logger.getLogger("io.clusterzone");

  private final PrintStream out;

  LogOutput(PrintStream out) {
    this.out = out;
    setFormatter(new LogLine());
  }

  /// For a server: everything from INFO on, to standard output, as CoreDNS does.
  static void ofServer() {
    install(Level.INFO, System.out);
  }

  /// For a command whose standard output is its result: warnings, to the error output.
  static void ofCommand() {
    install(Level.WARNING, System.err);
  }

  private static void install(Level level, PrintStream out) {
    LogManager.getLogManager().reset();
    HARDWARE_ADDRESS.setLevel(Level.OFF);
    ROOT.setLevel(level);
    ROOT.addHandler(new LogOutput(out));
  }

  /// Whether our own debug messages are written as well: what the directive `debug` asks for.
  static void debug(boolean wanted) {
    OURS.setLevel(wanted ? Level.FINE : null);
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
