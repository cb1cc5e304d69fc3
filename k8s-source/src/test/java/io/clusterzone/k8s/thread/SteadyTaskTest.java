package io.clusterzone.k8s.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SteadyTaskTest {
  private static final Duration INTERVAL = Duration.ofNanos(1);

  private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
  private final BlockingQueue<Integer> rounds = new LinkedBlockingQueue<>();
  private final AtomicInteger begun = new AtomicInteger();

  @AfterEach
  void stop() {
    loop.shutdownNow();
  }

  private void start(String name, Consumer<SteadyTask> round) {
    loop.execute(() -> new SteadyTask(name, loop, INTERVAL, round).now());
  }

  private Integer nextRound() throws InterruptedException {
    return rounds.poll(10, TimeUnit.SECONDS);
  }

  /// Whatever a round throws, and whether it had asked for the next one before.
  @Test
  void comesAgainAfterWhateverIsThrown() throws Exception {
    start(
        "thrower-1",
        task -> {
          int round = begun.incrementAndGet();
          if (round == 1) {
            throw new StackOverflowError();
          }
          if (round == 2) {
            task.later();
            throw new IllegalStateException("a defect");
          }
          rounds.add(round);
        });
    assertThat(nextRound()).isEqualTo(3);
    assertThat(SteadyThread.failures()).containsEntry("thrower", 2L);
    loop.submit(() -> {}).get();
    assertThat(rounds).isEmpty();
  }

  /// A time that the round names itself, and after a failure the pause all the same.
  @Test
  void comesWhenARoundSays() throws Exception {
    start(
        "caller-1",
        task -> {
          int round = begun.incrementAndGet();
          if (round == 2) {
            throw new StackOverflowError();
          }
          rounds.add(round);
          task.later(round);
        });
    assertThat(nextRound()).isEqualTo(1);
    assertThat(nextRound()).isEqualTo(3);
    assertThat(nextRound()).isEqualTo(4);
  }

  @Test
  void comesNoMoreOnceItIsCancelled() throws Exception {
    start(
        "canceller-1",
        task -> {
          rounds.add(begun.incrementAndGet());
          task.later();
          task.cancel();
        });
    assertThat(nextRound()).isEqualTo(1);
    loop.submit(() -> {}).get();
    // What is cancelled may stay in the queue until it would have been due.
    assertThat(loop.shutdownNow())
        .allSatisfy(left -> assertThat(((Future<?>) left).isCancelled()).isTrue());
    assertThat(begun).hasValue(1);
  }

  @Test
  void comesAgainAfterALaterPartThatFails() throws Exception {
    start(
        "later-part",
        task -> {
          int round = begun.incrementAndGet();
          rounds.add(round);
          if (round == 1) {
            loop.execute(() ->
                task.guard(() -> {
                  throw new NoClassDefFoundError("gone");
                }));
          }
        });
    assertThat(nextRound()).isEqualTo(1);
    assertThat(nextRound()).isEqualTo(2);
    assertThat(SteadyThread.failures()).containsEntry("later-part", 1L);
  }

  @Test
  void waitsForOneRoundHoweverOftenItIsAskedFor() throws Exception {
    start(
        "eager",
        task -> {
          int round = begun.incrementAndGet();
          rounds.add(round);
          if (round == 1) {
            task.later();
            task.later();
          }
        });
    assertThat(nextRound()).isEqualTo(1);
    assertThat(nextRound()).isEqualTo(2);
    loop.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).get();
    assertThat(rounds).isEmpty();
  }
}
