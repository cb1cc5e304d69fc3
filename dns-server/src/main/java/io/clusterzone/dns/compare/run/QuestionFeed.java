package io.clusterzone.dns.compare.run;

import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.dns.compare.question.QuestionSource;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// Reads a source on a thread of its own, which may wait for a stream, and at most a queue ahead.
final class QuestionFeed implements AutoCloseable {
  private static final int AHEAD = 1024;

  private final BlockingQueue<ComparedQuestion> ahead = new ArrayBlockingQueue<>(AHEAD);
  private final Thread reader;
  private volatile boolean ended;
  private volatile @Nullable Throwable failure;

  QuestionFeed(QuestionSource source) {
    reader = Thread.ofPlatform().name("questions").daemon().unstarted(() -> read(source));
    reader.start();
  }

  private void read(QuestionSource source) {
    try {
      ComparedQuestion question = source.next();
      while (question != null) {
        ahead.put(question);
        question = source.next();
      }
    } catch (InterruptedException _) {
      // Closed.
    } catch (IOException | RuntimeException e) {
      failure = e;
    } finally {
      ended = true;
    }
  }

  /// A question, or null if there is none now.
  @Nullable ComparedQuestion poll() {
    return ahead.poll();
  }

  /// Whether there is a question now.
  boolean hasNext() {
    return !ahead.isEmpty();
  }

  /// Whether no question comes any more.
  boolean hasEnded() {
    return ended && ahead.isEmpty();
  }

  /// The failure that ended it, or null.
  @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public void close() {
    reader.interrupt();
  }
}
