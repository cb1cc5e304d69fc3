package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.api.FakeApiServer;
import io.clusterzone.k8s.api.FakeCluster;
import io.clusterzone.k8s.api.FreePorts;
import io.clusterzone.k8s.api.Samples;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `dump` of a live cluster, and of what comes through the standard input.
@Timeout(60)
final class DumpLiveTest {
  @TempDir private Path directory = Path.of("");

  private static CommandRun withInput(String text, String... arguments) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    try {
      return CommandRun.of(arguments);
    } finally {
      System.setIn(before);
    }
  }

  private static String corefile(int port) {
    return """
    .:1053 {
      kubernetes cluster.local {
        endpoint http://127.0.0.1:%d
        startup_timeout 1s
      }
    }
    """
        .formatted(port);
  }

  private Path kubeconfig(int port) throws Exception {
    return Files.writeString(
        directory.resolve("config"),
        """
        apiVersion: v1
        kind: Config
        current-context: none
        contexts: [{name: here, context: {cluster: here, user: me}}]
        clusters: [{name: here, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: me, user: {}}]
        """
            .formatted(port));
  }

  @Test
  void learnsTheClusterFirst() throws Exception {
    var cluster = new FakeCluster();
    cluster.put(
        Samples.namespace("shop"),
        Samples.service("web", "10.96.0.1"),
        Samples.headless("db"),
        Samples.slice("db", "db-1", "10.0.0.1"));
    try (var server = new FakeApiServer(cluster)) {
      int port = server.port();
      CommandRun ofCorefile = withInput(corefile(port), "dump", "--conf", "stdin");
      assertThat(ofCorefile.code()).as(ofCorefile.err()).isZero();
      assertThat(ofCorefile.out())
          .contains("web.shop.svc.cluster.local. 5 IN A 10.96.0.1", "db.shop.svc.cluster.local.");
      CommandRun ofKubeconfig =
          CommandRun.of("dump", "--kubeconfig", kubeconfig(port).toString(), "--context", "here");
      assertThat(ofKubeconfig.code()).as(ofKubeconfig.err()).isZero();
      assertThat(ofKubeconfig.out()).contains("web.shop.svc.cluster.local. 5 IN A 10.96.0.1");
    }
  }

  @Test
  void failsWhereTheClusterCannotBeLearnt() {
    CommandRun run = withInput(corefile(FreePorts.next()), "dump", "--conf", "stdin");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.errLines()).last().asString().contains("the cluster is not known", "services");
  }

  @Test
  void putsObjectsThatNameNoNamespaceIntoTheOneGiven() {
    String text = DumpCommandTest.service("web", "10.96.0.1").replace(", namespace: shop", "");
    assertThat(withInput(text, "dump", "--manifests", "-").out())
        .contains("web.default.svc.cluster.local. 5 IN A 10.96.0.1");
    assertThat(withInput(text, "dump", "--manifests", "-", "--namespace", "prod").out())
        .contains("web.prod.svc.cluster.local. 5 IN A 10.96.0.1")
        .doesNotContain("web.default");
    assertThat(CommandRun.of("dump", "--manifests", "-", "--namespace", "No!").code()).isEqualTo(2);
  }

  @Test
  void readsManifestsFromTheStandardInput() {
    CommandRun run =
        withInput(DumpCommandTest.service("web", "10.96.0.1"), "dump", "--manifests", "-");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("web.shop.svc.cluster.local. 5 IN A 10.96.0.1");
    assertThat(withInput("a: [", "check", "-").out())
        .contains("standard input:1:5: error: not YAML");
  }
}
