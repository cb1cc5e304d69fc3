package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.clusterzone.k8s.model.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How the server is found, and what it is shown.
@Timeout(60)
final class ApiConnectionTest {
  @TempDir private Path directory = Path.of("");

  private Path kubeconfig(String server, String user) throws IOException {
    return Files.writeString(
        directory.resolve("config"),
        """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts:
        - {name: here, context: {cluster: c, user: u}}
        - {name: there, context: {cluster: d, user: u}}
        clusters:
        - {name: c, cluster: {server: "%s"}}
        - {name: d, cluster: {server: "https://there:6443/"}}
        users:
        - name: u
          user: %s
        """
            .formatted(server, user));
  }

  private static void assertShows(ApiAccess access, FakeApiServer server, String authorization)
      throws InterruptedException {
    var served = new ServedModel();
    try (var source = new ApiSource(ApiOptions.of(access), served, ApiObserver.NONE)) {
      source.start();
      await().until(() -> served.synced(Kind.SERVICE));
      assertThat(server.asked()).allMatch(asked -> asked.authorization().equals(authorization));
    }
  }

  @Test
  void aKubeconfigsTokenIsShown() throws Exception {
    try (var server = new FakeApiServer(new FakeCluster())) {
      var file = kubeconfig(server.url(), "{token: sesame}");
      assertShows(new ApiAccess.Kubeconfig(file, ""), server, "Bearer sesame");
    }
  }

  @Test
  void anExecPluginsTokenIsShown() throws Exception {
    Path script =
        Files.writeString(
            directory.resolve("plugin"),
            """
            #!/bin/sh
            echo '{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",
              "status": {"token": "plugged"}}'
            """);
    assertThat(script.toFile().setExecutable(true)).isTrue();
    String plugin =
        "{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: "
            + script
            + "}}";
    try (var server = new FakeApiServer(new FakeCluster())) {
      var file = kubeconfig(server.url(), plugin);
      assertShows(new ApiAccess.Kubeconfig(file, ""), server, "Bearer plugged");
    }
  }

  @Test
  void anotherContextIsAnotherServer() throws Exception {
    var file = kubeconfig("http://here", "{token: t}");
    var config =
        ApiConnection.read(new ApiAccess.Kubeconfig(file, "there"), Map.of(), directory).config();
    assertThat(config.getMasterUrl()).isEqualTo("https://there:6443/");
  }

  @Test
  void inAClusterTheTokenIsReadAgainForEachRequest() throws Exception {
    Files.writeString(directory.resolve("token"), "first\n");
    Files.writeString(directory.resolve("ca.crt"), "");
    var config =
        ApiConnection.read(
                new ApiAccess.InCluster(),
                Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "6443"),
                directory)
            .config();
    assertThat(config.getMasterUrl()).startsWith("https://[fd00::1]:6443");
    assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("first");
    Files.writeString(directory.resolve("token"), "second\n");
    assertThat(config.getOauthTokenProvider().getToken()).isEqualTo("second");
    assertThat(config.getCaCertFile()).isEqualTo(directory.resolve("ca.crt").toString());
  }

  @Test
  void outsideAClusterItSaysSo() {
    assertThatThrownBy(() -> ApiConnection.read(new ApiAccess.InCluster(), Map.of(), directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not in a cluster");
  }

  /// A context that is not there must not lead to another cluster.
  @Test
  void aContextThatIsMissingIsNamedWithThoseThatAreThere() throws Exception {
    var file = kubeconfig("http://here", "{token: t}");
    assertThatThrownBy(() ->
            ApiConnection.read(new ApiAccess.Kubeconfig(file, "nowhere"), Map.of(), directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("kubeconfig " + file + ": no context nowhere; there is here, there");
  }

  @ParameterizedTest
  @CsvSource({
    "http://bad host, Illegal character",
    "https://[fd00::1, Expected closing bracket",
    "https://a_b:c:d, has no host",
    "https:///, has no host"
  })
  void aServerWhoseUrlCannotBeUsedIsNamed(String url, String what) throws Exception {
    var file = kubeconfig(url, "{token: t}");
    assertThatThrownBy(
            () -> ApiConnection.read(new ApiAccess.Kubeconfig(file, ""), Map.of(), directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("kubeconfig " + file + ": ")
        .hasMessageContaining(what);
  }

  @Test
  void aKubeconfigThatIsNoneIsNamed() throws Exception {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(
            () -> ApiConnection.read(new ApiAccess.Kubeconfig(missing, ""), Map.of(), directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(missing.toString());
    Path rubbish = Files.writeString(directory.resolve("rubbish"), "a: [b\n");
    assertThatThrownBy(
            () -> ApiConnection.read(new ApiAccess.Kubeconfig(rubbish, ""), Map.of(), directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(rubbish.toString());
  }
}
