package io.clusterzone.k8s.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs file system calls that may hang, on threads "file-reader" that can be given up. Safe on any
/// thread.
///
/// A call that hangs, as one of a file system whose server is away or of a FIFO that has just taken
/// a file's place, cannot be ended: it keeps its thread, and the caller goes on. So that looking
/// again and again costs no thread each time, there are at most [#MOST_OF_FILE] of one file and
/// [#MOST] in all.
final class TimedCalls {
  static final int MOST = 64;
  static final int MOST_OF_FILE = 2;

  /// Far longer than a disk takes that has to spin up.
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration IDLE = Duration.ofSeconds(30);

  static final TimedCalls SHARED = new TimedCalls(PATIENCE);

  private final Duration patience;
  private final ThreadPoolExecutor threads;

  /// The number of calls given up and still hanging, by file.
  private final Map<Path, Integer> hanging = new ConcurrentHashMap<>();

  TimedCalls(Duration patience) {
    this.patience = patience;
    threads =
        new ThreadPoolExecutor(
            0,
            MOST,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().name("file-reader").daemon().factory());
  }

  /// The result of the call.
  ///
  /// @throws IOException as the call throws, or if it takes too long, or too many hang already
  <T> T call(Path file, Callable<T> call) throws IOException {
    if (hanging.getOrDefault(file, 0) >= MOST_OF_FILE) {
      throw RegularFile.fault(file, "earlier looks at it have not come back yet");
    }
    var task = new Task<>(file, call);
    try {
      threads.execute(task);
      return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException _) {
      throw RegularFile.fault(file, MOST + " looks at files have not come back yet");
    } catch (TimeoutException _) {
      task.giveUp();
      throw RegularFile.fault(file, "nothing came of it for %,d ms".formatted(patience.toMillis()));
    } catch (InterruptedException _) {
      task.giveUp();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw failure(Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  private static IOException failure(Throwable cause) {
    return switch (cause) {
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> new IOException(cause);
    };
  }

  private final class Task<T> extends FutureTask<T> {
    private final Path file;
    private boolean givenUp;

    Task(Path file, Callable<T> call) {
      super(call);
      this.file = file;
    }

    private synchronized void giveUp() {
      if (!isDone()) {
        givenUp = true;
        hanging.merge(file, 1, Integer::sum);
      }
    }

    /// Called after the task has become done.
    @Override
    protected synchronized void done() {
      if (givenUp) {
        hanging.computeIfPresent(file, (_, calls) -> calls == 1 ? null : calls - 1);
      }
    }
  }
}
