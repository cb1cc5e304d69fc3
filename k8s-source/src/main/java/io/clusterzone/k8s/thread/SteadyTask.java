package io.clusterzone.k8s.thread;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Work that comes again on an event loop, whatever it throws. Confined to the loop's thread.
///
/// A round asks for the next one when it wants it, perhaps in a part that runs later. One that
/// fails is logged and counted, and the next one comes all the same, later with each failure in a
/// row. At most one round is waited for, however often it is asked for.
public final class SteadyTask {
  private static final long LONGEST_PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

  /// The most times that the pause is doubled.
  private static final int DOUBLED = 6;

  private final String name;
  private final ScheduledExecutorService loop;
  private final long intervalNanos;
  private final Consumer<SteadyTask> round;
  private final SurvivedFailures failures;
  private @Nullable Future<?> next;
  private int inARow;

  /// @param name its name in a metric and the log
  /// @param loop has one thread
  /// @param interval between the end of a round and the next one
  public SteadyTask(
      String name, ScheduledExecutorService loop, Duration interval, Consumer<SteadyTask> round) {
    this.name = name;
    this.loop = loop;
    this.intervalNanos = interval.toNanos();
    this.round = round;
    this.failures = SurvivedFailures.of(name);
  }

  public void now() {
    if (guard(() -> round.accept(this))) {
      inARow = 0;
    }
  }

  /// Begins a round when the interval is over.
  public void later() {
    later(intervalNanos);
  }

  /// Begins a round after that many nanoseconds.
  public void later(long nanos) {
    if (next == null) {
      next = loop.schedule(this::due, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void due() {
    next = null;
    now();
  }

  /// Waits for no round any more, until one is asked for.
  public void cancel() {
    if (next != null) {
      next.cancel(false);
      next = null;
    }
  }

  /// Runs a part of a round that comes after its begin, as when a reply is there. Returns whether
  /// nothing was thrown.
  public boolean guard(Runnable part) {
    try {
      part.run();
      return true;
    } catch (Throwable cause) {
      long doubled = intervalNanos << Math.min(inARow, DOUBLED);
      long pause = Math.max(intervalNanos, Math.min(doubled, LONGEST_PAUSE_NANOS));
      inARow++;
      failures.add(name, cause, TimeUnit.NANOSECONDS.toMillis(pause));
      later(pause);
      return false;
    }
  }
}
