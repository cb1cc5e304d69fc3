package io.clusterzone.k8s.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SteadyThreadTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /// Of what is thrown by a step, whoever declares it.
  private static <T extends Throwable> void sneak(Throwable cause) throws T {
    @SuppressWarnings("unchecked")
    T thrown = (T) cause;
    throw thrown;
  }

  static List<Throwable> failures() {
    return List.of(
        new IllegalStateException("a defect"),
        new StackOverflowError("too deep"),
        new OutOfMemoryError("unable to create native thread"),
        new NoClassDefFoundError("gone"),
        new InterruptedException("not closed"),
        new Exception("undeclared"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void goesOnAfterWhateverAStepThrows(Throwable failure) throws Exception {
    BlockingQueue<Integer> taken = new LinkedBlockingQueue<>();
    var steps = new AtomicInteger();
    String name = "survivor-of-" + failure.getClass().getSimpleName();
    var thread =
        SteadyThread.loop(
            name,
            () -> {
              int step = steps.incrementAndGet();
              if (step <= 2) {
                SteadyThreadTest.<RuntimeException>sneak(failure);
              }
              taken.add(step);
              Thread.sleep(LIMIT);
            },
            Duration.ofMillis(1));
    thread.start();
    assertThat(taken.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(3);
    assertThat(SteadyThread.failures()).containsEntry(name, 2L);
    thread.close();
    assertThat(thread.awaitEnd(LIMIT)).isTrue();
    assertThat(SteadyThread.failures()).containsEntry(name, 2L);
  }

  @Test
  void takesAStepOnceThatIsToBeTakenOnce() {
    var steps = new AtomicInteger();
    var thread =
        SteadyThread.once(
            "once-1",
            () -> {
              if (steps.incrementAndGet() == 1) {
                throw new StackOverflowError();
              }
            },
            Duration.ofMillis(1));
    thread.start();
    assertThat(thread.awaitEnd(LIMIT)).isTrue();
    assertThat(steps).hasValue(2);
    assertThat(SteadyThread.failures()).containsEntry("once", 1L);
  }

  @Test
  void waitsForAStepThatDoesNotEndNoLongerThanItIsTold() throws Exception {
    var begun = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    var thread =
        SteadyThread.loop(
            "stuck",
            () -> {
              begun.countDown();
              while (never.getCount() > 0) {
                Thread.onSpinWait();
              }
            });
    thread.start();
    assertThat(begun.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    thread.close();
    assertThat(thread.awaitEnd(Duration.ofMillis(20))).isFalse();
    never.countDown();
    assertThat(thread.awaitEnd(LIMIT)).isTrue();
  }

  @Test
  void needsNoWaitForAThreadThatWasNeverStarted() {
    var thread = SteadyThread.virtualLoop("never", () -> {});
    thread.close();
    assertThat(thread.awaitEnd(Duration.ZERO)).isTrue();
  }
}
