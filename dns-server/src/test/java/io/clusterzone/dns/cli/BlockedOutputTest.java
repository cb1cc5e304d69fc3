package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.k8s.api.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Type;

/// A process whose outputs take nothing: queries, changes, reloads and signals do not notice.
final class BlockedOutputTest {
  private static final String WEB = "web.shop.svc.cluster.local.";

  private static final String SOME = "[1-9][0-9]*";

  @TempDir Path directory;

  private final int port = FreePorts.next();
  private final int http = FreePorts.next();

  /// Where both outputs lead to, as lines of shell.
  enum Output {
    /// Filled first; the test keeps its end open and never reads.
    FULL_PIPE("head -c 2000000 /dev/zero & exec \"$@\" 2>&1", "0"),
    CLOSED_PIPE("exec \"$@\" 2>&1", SOME),
    FULL_DEVICE("exec \"$@\" > /dev/full 2>&1", SOME);

    private final String line;

    /// How many lines are lost: of those that wait none, of those that fail all.
    private final String dropped;

    Output(String line, String dropped) {
      this.line = line;
      this.dropped = dropped;
    }
  }

  private void write(String version, String address) throws IOException {
    Files.writeString(
        directory.resolve("web.yaml"),
        """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {clusterIP: %s, ports: [{port: 80}]}
        ---
        a problem of the manifests, to be told
        """
            .formatted(address));
    Files.writeString(
        directory.resolve("Corefile"),
        """
        .:%d {
          bind 127.0.0.1
          log
          errors
          chaos %s me
          prometheus 127.0.0.1:%d
          kubernetes cluster.local {
            manifests %s
          }
          multisocket 2
        }
        """
            .formatted(port, version, http, directory.resolve("web.yaml")));
  }

  private Process start(Output output) throws IOException {
    List<String> command =
        ServedProcess.command(List.of(), "-conf", directory.resolve("Corefile").toString());
    Process process = new ProcessBuilder(ServedProcess.shell(output.line, command)).start();
    if (output == Output.CLOSED_PIPE) {
      process.getInputStream().close();
    }
    return process;
  }

  private String version() {
    return ServedProcess.answer(port, "version.bind.", Type.TXT, DClass.CH);
  }

  private String web() {
    return ServedProcess.answer(port, WEB, Type.A, DClass.IN);
  }

  @ParameterizedTest
  @EnumSource(Output.class)
  void servesChangesAndEndsAsEver(Output output) throws Exception {
    write("one", "10.96.0.1");
    Process process = start(output);
    try {
      await().atMost(ServedProcess.LIMIT).until(() -> version().equals("one"));
      for (int i = 0; i < 200; i++) {
        assertThat(web()).isEqualTo("10.96.0.1");
      }
      write("two", "10.96.0.2");
      await().atMost(ServedProcess.LIMIT).until(() -> web().equals("10.96.0.2"));
      assertThat(version()).isEqualTo("one");
      ServedProcess.signal(process, "USR1");
      await().atMost(ServedProcess.LIMIT).until(() -> version().equals("two"));
      await()
          .atMost(ServedProcess.LIMIT)
          .untilAsserted(() ->
              assertThat(ServedProcess.page(http, "/metrics"))
                  .containsPattern("\nclusterzone_log_dropped_total " + output.dropped + "\n"));
      ServedProcess.signal(process, "TERM");
      assertThat(ServedProcess.exitWithin(process, Duration.ofSeconds(5))).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /// Last words too are written by one thread, and the end waits for them no longer than a moment.
  @Test
  void aStartThatFailsEndsToo() throws Exception {
    Files.writeString(directory.resolve("Corefile"), "no-such-directive\n".repeat(10));
    Process process = start(Output.FULL_PIPE);
    try {
      assertThat(ServedProcess.exitWithin(process, ServedProcess.LIMIT)).isEqualTo(1);
    } finally {
      process.destroyForcibly();
    }
  }
}
