package io.clusterzone.dns.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// The log of queries and of errors: event loops hand over what happened, the thread "log-writer"
/// makes lines of it.
///
/// Handing over never waits: there is a bounded queue without a lock, and what finds it full is
/// dropped and counted. A reader of the log that stalls stalls the writer's thread and nothing
/// else.
public final class Log implements AutoCloseable {
  /// Lines that wait to be written, at the most.
  public static final int CAPACITY = 1 << 14;

  /// How much text is collected before it is written, in characters.
  private static final int BATCH = 1 << 15;

  /// How often counted errors are looked at.
  private static final long TICK_NANOS = 100_000_000;

  private final Appendable out;
  private final int capacity;
  private final ConcurrentLinkedQueue<LogLine> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Consolidator consolidator = new Consolidator();
  private final Thread writer;
  private volatile boolean parked;
  private volatile boolean closed;

  /// Starts the thread. Each line given to `out` ends with a line feed; `out` is called by that
  /// thread alone.
  public static Log start(Appendable out, int capacity) {
    Log log = new Log(out, capacity);
    log.writer.start();
    return log;
  }

  private Log(Appendable out, int capacity) {
    this.out = out;
    this.capacity = capacity;
    this.writer = Thread.ofPlatform().name("log-writer").daemon().unstarted(this::run);
  }

  /// Logs a query, from an event loop.
  public void query(LogFormat format, LoggedQuery query, LoopCounters counters) {
    offer(new LogLine.Query(format, query), counters);
  }

  /// Logs what went wrong, from an event loop. `subject` is the response code, the name and the
  /// type; consolidation looks at the message alone.
  public void error(ErrorRules rules, String subject, String message, LoopCounters counters) {
    offer(new LogLine.Failure(rules, subject, message), counters);
  }

  private void offer(LogLine line, LoopCounters counters) {
    if (waiting.get() >= capacity) {
      counters.increment(Event.LOG_DROPPED);
      return;
    }
    waiting.incrementAndGet();
    queue.add(line);
    if (parked) {
      LockSupport.unpark(writer);
    }
  }

  /// Writes what has been handed over, then ends the thread.
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(writer);
    try {
      writer.join(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    StringBuilder text = new StringBuilder();
    boolean last;
    do {
      last = closed;
      collect(text);
      if (last) {
        consolidator.writeAll(text);
      } else {
        consolidator.writeDue(text, System.nanoTime());
      }
      write(text);
      if (!last && queue.isEmpty()) {
        park();
      }
    } while (!last || !queue.isEmpty());
  }

  private void collect(StringBuilder text) {
    while (text.length() < BATCH) {
      LogLine line = queue.poll();
      if (line == null) {
        return;
      }
      waiting.decrementAndGet();
      append(text, line);
    }
  }

  private void append(StringBuilder text, LogLine line) {
    switch (line) {
      case LogLine.Query(LogFormat format, LoggedQuery query) -> {
        text.append("[INFO] ");
        format.append(text, query);
        text.append('\n');
      }
      case LogLine.Failure error -> {
        if (!consolidator.takes(error, System.nanoTime(), text)) {
          LogText.error(text, "ERROR", error);
        }
      }
    }
  }

  private void write(StringBuilder text) {
    if (text.isEmpty()) {
      return;
    }
    try {
      out.append(text);
    } catch (IOException | UncheckedIOException e) {
      // The log has no place to tell that it has no place to go to; the server goes on.
    }
    text.setLength(0);
  }

  private void park() {
    parked = true;
    if (queue.isEmpty() && !closed) {
      LockSupport.parkNanos(this, TICK_NANOS);
    }
    parked = false;
  }
}
