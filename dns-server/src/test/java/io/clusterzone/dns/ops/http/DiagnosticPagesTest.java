package io.clusterzone.dns.ops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.ops.diagnose.FlightRecordings;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jdk.jfr.FlightRecorder;
import jdk.jfr.RecordingState;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pages of the directive `pprof`, about this very JVM.
final class DiagnosticPagesTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path directory;

  private final AdminServer server = new AdminServer();

  @BeforeEach
  void serve() throws HttpBindFailure {
    server.serve(DiagnosticPages.at(ANY, new FlightRecordings()));
  }

  @AfterEach
  void close() {
    server.close();
  }

  /// @param text its octets as characters
  private record Got(int status, String text) {}

  private Got get(String path) throws Exception {
    int port = server.addresses().getFirst().getPort();
    var connection =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
    int status = connection.getResponseCode();
    try (var in = status == 200 ? connection.getInputStream() : connection.getErrorStream()) {
      return new Got(status, new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
    }
  }

  private static boolean isRecording() {
    return FlightRecorder.getFlightRecorder().getRecordings().stream()
        .anyMatch(recording -> recording.getState() == RecordingState.RUNNING);
  }

  private CompletableFuture<Got> getLater(String path) {
    var got = new CompletableFuture<Got>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            got.complete(get(path));
          } catch (Exception e) {
            got.completeExceptionally(e);
          }
        });
    return got;
  }

  @Test
  void makesOneRecordingAtATime() throws Exception {
    CompletableFuture<Got> first = getLater("/debug/jfr?seconds=1&settings=profile");
    await().atMost(LIMIT).until(() -> isRecording() || first.isDone());
    Got second = get("/debug/jfr?seconds=1");
    assertThat(second.status()).as(second.text()).isEqualTo(503);
    assertThat(second.text()).contains("another recording");
    Got got = first.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    Path file =
        Files.writeString(directory.resolve("a.jfr"), got.text(), StandardCharsets.ISO_8859_1);
    assertThat(RecordingFile.readAllEvents(file))
        .extracting(event -> event.getEventType().getName())
        .contains("jdk.JVMInformation", "jdk.ActiveSetting");
    await().atMost(LIMIT).until(() -> get("/debug/jfr?seconds=1").status() == 200);
    assertThat(isRecording()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"seconds=0", "seconds=301", "seconds=x", "settings=all", "second=1", "&"})
  void refusesARecordingThatIsNotOffered(String query) throws Exception {
    Got got = get("/debug/jfr?" + query);
    assertThat(got.status()).isEqualTo(400);
    assertThat(got.text()).contains("1 to 300", "default or profile");
  }

  @Test
  void showsThreadsAndTheHeap() throws Exception {
    assertThat(get("/debug/threads").text()).contains("\"main\"", getClass().getName());
    assertThat(get("/debug/heap").text()).contains("java.lang.String", "Total");
  }

  @Test
  void namesItsPages() throws Exception {
    assertThat(get("/debug/pprof/").text())
        .isEqualTo(
            "there is "
                + String.join(
                    ", ",
                    List.of(DiagnosticPages.HEAP, DiagnosticPages.RECORDING, "/debug/threads")));
  }
}
