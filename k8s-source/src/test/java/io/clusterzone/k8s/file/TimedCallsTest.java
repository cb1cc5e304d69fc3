package io.clusterzone.k8s.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// A file system that does not answer, as one whose server is away.
@NullMarked
final class TimedCallsTest {
  private static final Path HUNG = Path.of("/hung/file");

  private final CountDownLatch back = new CountDownLatch(1);
  private final TimedCalls calls = new TimedCalls(Duration.ofMillis(1));
  private final TimedCalls patient = new TimedCalls(Duration.ofMinutes(1));
  private final Callable<String> hangs =
      () -> {
        back.await();
        return "late";
      };

  @Test
  void givesUpWhatHangs() {
    assertHangs(HUNG, "/hung/file: nothing came of it for 1 ms");
  }

  @Test
  void aFileThatHangsTakesTwoThreadsUntilItIsBack() throws IOException {
    for (int i = 0; i < TimedCalls.MOST_OF_FILE; i++) {
      assertHangs(HUNG, "/hung/file: nothing came of it for 1 ms");
    }
    assertHangs(HUNG, "/hung/file: earlier looks at it have not come back yet");
    assertHangs(HUNG, "/hung/file: earlier looks at it have not come back yet");

    back.countDown();
    await().ignoreExceptions().until(() -> calls.call(HUNG, () -> "now").equals("now"));
  }

  @Test
  void allThatHangTakeSoManyThreads() {
    for (int i = 0; i < TimedCalls.MOST; i++) {
      assertHangs(Path.of("/hung/" + i), "/hung/" + i + ": nothing came of it for 1 ms");
    }
    assertHangs(HUNG, "/hung/file: 64 looks at files have not come back yet");
    back.countDown();
  }

  private void assertHangs(Path file, String message) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> calls.call(file, hangs))
        .withMessage(message);
  }

  @Test
  void passesOnWhatTheCallSays() throws IOException {
    assertThat(patient.call(HUNG, () -> "text")).isEqualTo("text");
    var failure = new IOException("no");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() ->
            patient.call(
                HUNG,
                () -> {
                  throw failure;
                }))
        .isSameAs(failure);
  }

  @Test
  void whoWaitsCanBeInterrupted() {
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedIOException.class)
        .isThrownBy(() -> patient.call(HUNG, hangs));
    assertThat(Thread.interrupted()).isTrue();
    back.countDown();
  }
}
