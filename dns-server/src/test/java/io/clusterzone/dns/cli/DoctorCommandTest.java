package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.file.CorefileReading;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.server.Server;
import io.clusterzone.k8s.api.FakeApiServer;
import io.clusterzone.k8s.api.FakeCluster;
import io.clusterzone.k8s.api.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// `doctor` by its options, and its exit codes.
@Timeout(60)
final class DoctorCommandTest {
  private static final Log LOG = Log.start(new StringBuilder(), Log.CAPACITY);

  @TempDir private Path directory = Path.of("");

  private final int port = FreePorts.next();
  private final int admin = FreePorts.next();

  private Path corefile() throws Exception {
    Path manifest = directory.resolve("web.yaml");
    Files.writeString(manifest, DumpCommandTest.service("web", "10.96.0.1"));
    return Files.writeString(
        directory.resolve("Corefile"),
        """
        cluster.local:%d {
          bind 127.0.0.1
          kubernetes cluster.local { manifests %s }
          admin localhost:%d
        }
        """
            .formatted(port, manifest, admin));
  }

  private static Server serve(Path file) throws Exception {
    CorefileReading reading = CorefileParser.read(file, ParseOptions.ofProcess());
    Server server = Server.start(reading.legible(), LOG);
    server.reloads().serves(reading.text().sha512());
    return server;
  }

  @Test
  void endsWithZeroIfNothingFails() throws Exception {
    Path file = corefile();
    try (Server _ = serve(file)) {
      CommandRun run =
          CommandRun.of("doctor", "--conf", file.toString(), "--server", "localhost:" + admin);
      assertThat(run.code()).as(run.out()).isZero();
      assertThat(run.out())
          .contains("ok    configuration: 2 passed", "ok    listeners: 3 passed", ", 0 failed, ");
    }
  }

  @Test
  void endsWithOneAfterTheTimeToWait() throws Exception {
    long begun = System.nanoTime();
    CommandRun run =
        CommandRun.of("doctor", "--at", "127.0.0.1:" + port, "--wait", "300ms", "--output", "json");
    assertThat(System.nanoTime() - begun).isGreaterThan(300_000_000);
    assertThat(run.code()).isEqualTo(1);
    assertThat(JsonMapper.shared().readTree(run.out()).path("well").asBoolean(true)).isFalse();
  }

  @Test
  void followsAKubeconfig() throws Exception {
    try (var api = new FakeApiServer(new FakeCluster())) {
      api.fault((asked, reply) -> reply.refuse(403, "Forbidden", "not for you", 0));
      Path kubeconfig =
          Files.writeString(
              directory.resolve("config"),
              """
              apiVersion: v1
              kind: Config
              current-context: here
              contexts: [{name: here, context: {cluster: here, user: me}}]
              clusters: [{name: here, cluster: {server: "%s"}}]
              users: [{name: me, user: {}}]
              """
                  .formatted(api.url()));
      CommandRun run = CommandRun.of("doctor", "--kubeconfig", kubeconfig.toString());
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.out())
          .contains("FAIL  API server and permissions: 1 passed, 6 failed")
          .contains("list services: 403 not for you", "watch namespaces: 403 not for you")
          .doesNotContain("serviceimports", "pods", "running server http");
    }
  }
}
