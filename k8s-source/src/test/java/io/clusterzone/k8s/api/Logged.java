package io.clusterzone.k8s.api;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Collects what a class logs, or all do, each line behind its level, until it is closed. A line
/// has its exception with it.
public final class Logged implements AutoCloseable {
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getLevel() + " " + line.getMessage() + trace(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private final Logger logger;

  public Logged(Class<?> source) {
    this(source.getName());
  }

  /// By the name of a logger; the empty one is above all others.
  Logged(String name) {
    logger = Logger.getLogger(name);
    logger.addHandler(handler);
  }

  private static String trace(LogRecord line) {
    if (line.getThrown() == null) {
      return "";
    }
    var trace = new StringWriter();
    line.getThrown().printStackTrace(new PrintWriter(trace));
    return "\n" + trace;
  }

  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
  }
}
