package io.clusterzone.dns.server;

import io.clusterzone.dns.ops.log.Log;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Makes text of each record of the log, and hands it on. Safe on any thread, which formats it and
/// never waits.
public final class LogOutput extends Handler {
  /// Netty warns of a host without a hardware address, as a container may be; nothing of ours needs
  /// one. Kept here since the JDK forgets loggers that are held nowhere.
  private static final Logger HARDWARE_ADDRESS =
      Logger.getLogger("io.netty.util.internal.MacAddressUtil");

  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger OURS = Logger.getLogger("io.clusterzone");

  private final Consumer<String> out;

  LogOutput(Consumer<String> out) {
    this.out = out;
    setFormatter(new LogLine());
  }

  /// For a server: everything from INFO on, to standard output, as CoreDNS does. All output of the
  /// process is written by the log's thread from now on.
  public static Log ofServer() {
    Log log = ProcessOutput.take();
    install(Level.INFO, line -> log.print(line, false));
    return log;
  }

  /// For a command whose standard output is its result: warnings, to the error output.
  public static void ofCommand() {
    install(
        Level.WARNING,
        line -> {
          System.err.print(line);
          System.err.flush();
        });
  }

  private static void install(Level level, Consumer<String> out) {
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
      out.accept(getFormatter().format(line));
    }
  }

  @Override
  public void flush() {
    // Lines handed on are written as they come.
  }

  @Override
  public void close() {
    // The last lines of a process come after this.
  }
}
