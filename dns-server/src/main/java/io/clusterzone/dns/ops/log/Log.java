package io.clusterzone.dns.ops.log;

import io.clusterzone.dns.ops.MetricSource;
import io.clusterzone.dns.ops.MetricText;
import io.clusterzone.k8s.thread.SteadyThread;
import java.io.Flushable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// All that a serving process prints: queries, errors and the lines of its own log. Any thread
/// hands over what is to be printed; the thread "log-writer" alone writes.
///
/// Handing over never waits: there is a bounded queue without a lock, and a line that finds it full
/// is dropped and counted. An output without a reader, as a full pipe, stalls the writer's thread
/// and nothing else. Text that an output does not take, as a full disk, is counted too.
public final class Log implements MetricSource, AutoCloseable {
  /// Places for what waits to be written: a query or an error takes one, text one for each
  /// [#PLACE_CHARS].
  public static final int CAPACITY = 1 << 14;

  private static final int PLACE_CHARS = 256;

  /// Of one text more is left out, in characters: a stack trace may have a thousand frames.
  static final int MAX_TEXT = 1 << 15;

  /// The text collected before it is written, in characters.
  private static final int BATCH = 1 << 15;

  /// The time between looks at counted errors, in nanoseconds.
  private static final long TICK_NANOS = 100_000_000;

  /// The time that the end waits for lines handed over.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Appendable out;
  private final Appendable err;
  private final int capacity;
  private final ConcurrentLinkedQueue<LogLine> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder dropped = new LongAdder();
  private final Consolidator consolidator = new Consolidator();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder errorText = new StringBuilder();
  private final SteadyThread writer;
  private volatile boolean parked;
  private volatile boolean closed;

  /// Starts the thread, as [#start(Appendable, Appendable, int)], with one output for all.
  public static Log start(Appendable out, int capacity) {
    return start(out, out, capacity);
  }

  /// Starts the thread. Each line given to the outputs ends with a line feed; they are called by
  /// that thread alone, and throw where they fail.
  public static Log start(Appendable out, Appendable err, int capacity) {
    Log log = new Log(out, err, capacity);
    log.writer.start();
    return log;
  }

  /// A log that nobody reads, without a thread.
  public static Log none() {
    return new Log(new StringBuilder(), new StringBuilder(), 1);
  }

  private Log(Appendable out, Appendable err, int capacity) {
    this.out = out;
    this.err = err;
    this.capacity = capacity;
    this.writer = SteadyThread.once("log-writer", this::run);
  }

  /// Logs a query, from an event loop.
  public void query(LogFormat format, LoggedQuery query) {
    offer(new LogLine.Query(format, query), 1);
  }

  /// Logs what went wrong, from an event loop. `subject` is the response code, the name and the
  /// type; consolidation looks at the message alone.
  public void error(ErrorRules rules, String subject, String message) {
    offer(new LogLine.Failure(rules, subject, message), 1);
  }

  /// Prints text that ends with a line feed, from any thread.
  ///
  /// @param error whether it goes to the error output
  public void print(String line, boolean error) {
    String kept = line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "...\n";
    offer(new LogLine.Text(kept, error), places(kept));
  }

  private static int places(String text) {
    return 1 + text.length() / PLACE_CHARS;
  }

  private void offer(LogLine line, int places) {
    if (waiting.get() >= capacity) {
      dropped.increment();
      return;
    }
    waiting.addAndGet(places);
    queue.add(line);
    if (parked) {
      LockSupport.unpark(writer.thread());
    }
  }

  /// Writes what has been handed over, then ends the thread; waits for that no longer than a
  /// second. Calling it again waits again.
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(writer.thread());
    var _ = writer.awaitEnd(PATIENCE);
  }

  private void run() {
    boolean last;
    do {
      last = closed;
      collect();
      if (last) {
        consolidator.writeAll(text);
      } else {
        consolidator.writeDue(text, System.nanoTime());
      }
      write(out, text);
      write(err, errorText);
      if (!last && queue.isEmpty()) {
        park();
      }
    } while (!last || !queue.isEmpty());
  }

  private void collect() {
    while (text.length() + errorText.length() < BATCH) {
      LogLine line = queue.poll();
      if (line == null) {
        return;
      }
      waiting.addAndGet(line instanceof LogLine.Text(String told, _) ? -places(told) : -1);
      append(line);
    }
  }

  private void append(LogLine line) {
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
      case LogLine.Text(String told, boolean error) -> (error ? errorText : text).append(told);
    }
  }

  private void write(Appendable output, StringBuilder batch) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      output.append(batch);
      if (output instanceof Flushable buffered) {
        buffered.flush();
      }
    } catch (IOException | UncheckedIOException _) {
      // Nothing but a metric can report that the log has nowhere to go.
      dropped.add(batch.chars().filter(c -> c == '\n').count());
    } finally {
      batch.setLength(0);
    }
  }

  private void park() {
    parked = true;
    if (queue.isEmpty() && !closed) {
      LockSupport.parkNanos(this, TICK_NANOS);
    }
    parked = false;
  }

  /// Lines that found the queue full, or that could not be written. Only grows.
  long dropped() {
    return dropped.sum();
  }

  @Override
  public void writeTo(MetricText metrics) {
    metrics.counter(
        "clusterzone_log_dropped_total",
        "Log lines dropped because the log's queue was full or they could not be written.");
    metrics.sample("", dropped());
  }
}
