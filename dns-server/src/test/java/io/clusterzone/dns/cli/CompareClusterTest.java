package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clusterzone.dns.clients.Programs;
import io.clusterzone.k8s.api.FakeApiServer;
import io.clusterzone.k8s.api.FakeCluster;
import io.clusterzone.k8s.api.FreePorts;
import io.clusterzone.k8s.api.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `compare` of two servers that follow one cluster: ours twice, and ours with CoreDNS where the
/// search path has one.
@Timeout(120)
final class CompareClusterTest {
  /// Deviations of a CoreDNS with nothing but `kubernetes` in its Corefile.
  private static final List<String> SEEN = List.of("D1", "D2", "D3", "D4", "D6", "D7", "D13");

  @TempDir private Path directory = Path.of("");

  @Test
  void agreesWithItselfAboutACluster() throws IOException, InterruptedException {
    try (var api = new FakeApiServer(cluster());
        var other = other(api)) {
      CommandRun run = compare(api, "127.0.0.1:" + other.address().getPort());
      JsonNode json = new JsonMapper().readTree(run.out());
      assertThat(run.code()).as(run.out()).isZero();
      assertThat(json.get("agreed").asInt()).isGreaterThan(300);
      assertThat(json.get("differences").size()).isEqualTo(count(json, "order"));
    }
  }

  @Test
  void findsWhatIsWrongInCoreDns() throws IOException, InterruptedException {
    assumeTrue(isCoreDns(), "no coredns here");
    int port = FreePorts.next();
    try (var api = new FakeApiServer(cluster())) {
      Path corefile =
          Files.writeString(
              directory.resolve("Corefile"),
              """
              .:%d {
                bind 127.0.0.1
                errors
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                  endpoint %s
                }
              }
              """
                  .formatted(port, api.url()));
      Process process =
          new ProcessBuilder("coredns", "-conf", corefile.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("coredns.log").toFile())
              .start();
      try {
        await().atMost(Duration.ofSeconds(30)).until(() -> listens(port));
        CommandRun run = compare(api, "127.0.0.1:" + port);
        JsonNode json = new JsonMapper().readTree(run.out());
        assertThat(new ArrayList<>(json.get("deviations").propertyNames())).containsAll(SEEN);
        assertThat(count(json, "wrong here")).as(run.out()).isZero();
        assertThat(run.code()).isEqualTo(3);
      } finally {
        process.destroy();
      }
    }
  }

  /// Whether the search path has one, and not ours, which can stand in its place.
  private static boolean isCoreDns() throws IOException, InterruptedException {
    return Programs.present("coredns")
        && Programs.run(List.of("coredns", "-version"), Map.of()).out().contains("CoreDNS-");
  }

  private CompareSide.Running other(FakeApiServer api) throws IOException, InterruptedException {
    var side = new CompareSide();
    side.kubeconfig = kubeconfig(api);
    return side.start(List.of(), new PrintWriter(new StringWriter()));
  }

  private CommandRun compare(FakeApiServer api, String against) throws IOException {
    return CommandRun.of(
        "compare",
        "--kubeconfig",
        kubeconfig(api).toString(),
        "--rate",
        "0",
        "--patience",
        "0",
        "--output",
        "json",
        "--against",
        against);
  }

  private static long count(JsonNode json, String judgement) {
    for (JsonNode one : json.get("judgements")) {
      if (one.get("judgement").asString().equals(judgement)) {
        return one.get("count").asLong();
      }
    }
    throw new AssertionError(judgement);
  }

  private static boolean listens(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }

  private static FakeCluster cluster() {
    var cluster = new FakeCluster();
    cluster.put(
        Samples.namespace("shop"),
        Samples.service("web", "10.96.0.1"),
        Samples.service("api", "10.96.0.2"),
        Samples.headless("db"),
        Samples.slice("db", "db-1", "10.0.0.1"));
    return cluster;
  }

  private Path kubeconfig(FakeApiServer api) throws IOException {
    return Files.writeString(
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
  }
}
