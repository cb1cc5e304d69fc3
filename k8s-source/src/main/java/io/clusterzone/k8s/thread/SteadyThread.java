package io.clusterzone.k8s.thread;

import java.time.Duration;
import java.util.Map;

/// A thread that takes step after step until it is closed, whatever a step throws. Started and
/// closed by any thread.
///
/// A step that fails is logged and counted, and after a pause the next one is taken. The pause
/// doubles with each failure in a row, so that one that stays costs nothing. That holds for errors
/// as well, as of a stack that is too deep, a class that cannot be loaded or a thread that cannot
/// be made: data served without the thread would grow old unnoticed.
public final class SteadyThread implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /// The most times that the pause is doubled: to about a minute.
  private static final int DOUBLED = 6;

  /// Something that a thread does over and over.
  @FunctionalInterface
  public interface Step {
    /// Throws an [InterruptedException] when the thread is closed.
    void take() throws InterruptedException;
  }

  private final String name;
  private final Step step;
  private final boolean once;
  private final Duration firstPause;
  private final SurvivedFailures failures;
  private final Thread thread;
  private volatile boolean closed;

  private SteadyThread(
      String name, Step step, boolean once, Duration firstPause, Thread.Builder threads) {
    this.name = name;
    this.step = step;
    this.once = once;
    this.firstPause = firstPause;
    this.failures = SurvivedFailures.of(name);
    this.thread = threads.name(name).unstarted(this::run);
  }

  /// A platform thread that takes the step over and over.
  public static SteadyThread loop(String name, Step step) {
    return loop(name, step, FIRST_PAUSE);
  }

  static SteadyThread loop(String name, Step step, Duration firstPause) {
    return new SteadyThread(name, step, false, firstPause, Thread.ofPlatform().daemon());
  }

  /// A platform thread that takes the step again until it has been taken once without a failure.
  public static SteadyThread once(String name, Step step) {
    return once(name, step, FIRST_PAUSE);
  }

  static SteadyThread once(String name, Step step, Duration firstPause) {
    return new SteadyThread(name, step, true, firstPause, Thread.ofPlatform().daemon());
  }

  /// A virtual thread that takes the step over and over.
  public static SteadyThread virtualLoop(String name, Step step) {
    return new SteadyThread(name, step, false, FIRST_PAUSE, Thread.ofVirtual());
  }

  /// A virtual thread that takes the step again until it has been taken once without a failure.
  public static SteadyThread virtualOnce(String name, Step step) {
    return new SteadyThread(name, step, true, FIRST_PAUSE, Thread.ofVirtual());
  }

  /// Failures that threads and tasks of each name have survived so far, in the order of the names.
  public static Map<String, Long> failures() {
    return SurvivedFailures.all();
  }

  /// Begins. Unlike a failure of a step, one to make the thread is the caller's.
  public void start() {
    thread.start();
  }

  /// The thread, to wake it.
  public Thread thread() {
    return thread;
  }

  /// Ends the thread at its next wait, and does not wait for that.
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  /// Waits until the thread has ended; false if that takes too long. A thread that was never
  /// started has ended.
  public boolean awaitEnd(Duration patience) {
    try {
      return thread.getState() == Thread.State.NEW || thread.join(patience);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run() {
    int inARow = 0;
    while (!closed) {
      try {
        step.take();
        inARow = 0;
        if (once) {
          return;
        }
      } catch (Throwable cause) {
        if (!closed) {
          survive(cause, firstPause.multipliedBy(1L << Math.min(inARow, DOUBLED)));
          inARow++;
        }
      }
    }
  }

  private void survive(Throwable cause, Duration pause) {
    failures.add(name, cause, pause.toMillis());
    try {
      Thread.sleep(pause);
    } catch (InterruptedException _) {
      // Closed, or woken: it goes on.
    }
  }
}
