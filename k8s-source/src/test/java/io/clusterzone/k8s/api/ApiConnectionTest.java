package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.clusterzone.k8s.api.connect.ApiAccess;
import io.clusterzone.k8s.api.connect.ApiConnection;
import io.clusterzone.k8s.api.connect.ApiObserver;
import io.clusterzone.k8s.model.Kind;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The way to the server, and the credentials shown there.
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
        - {name: c, cluster: {server: "%s", certificate-authority: server.crt}}
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

  private FakeApiServer secure() throws Exception {
    return new FakeApiServer(new FakeCluster(), new Keys(directory, "server").listen());
  }

  @Test
  void aKubeconfigsTokenIsShown() throws Exception {
    try (var server = secure()) {
      var file = kubeconfig("127.0.0.1:" + server.port(), "{token: sesame}");
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
    try (var server = secure()) {
      var file = kubeconfig("https://127.0.0.1:" + server.port(), plugin);
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

  /// Nothing is tried in clear.
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:6443, https://127.0.0.1:6443",
    "here, https://here",
    "here/prefix/, https://here/prefix",
    "//here:1, https://here:1",
    "[fd00::1]:6443, https://[fd00::1]:6443",
    "HTTPS://here, HTTPS://here",
    "http://here:8080, http://here:8080"
  })
  void aServerWithoutASchemeIsAskedOverTls(String server, String url) throws Exception {
    var file = kubeconfig(server, "{token: t}");
    for (ApiAccess access :
        List.of(new ApiAccess.Kubeconfig(file, ""), new ApiAccess.Endpoint(server, "", "", ""))) {
      Config config = ApiConnection.read(access, Map.of(), directory).config();
      assertThat(config.getMasterUrl().replaceAll("/$", "")).isEqualTo(url);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://bad host, Illegal character",
    "https://[fd00::1, Expected closing bracket",
    "https://a_b:c:d, has no host",
    "https:///, https://",
    "here:6443:1, has no host",
    "https://here:0, has no port from 1 to 65535",
    "https://here:65536, has no port from 1 to 65535",
    "ftp://here, ftp://here is neither https nor http",
    "https://u:p@here, https://here has a user in it",
    "https://here/?a=b, https://here/ has a query"
  })
  void aServerWhoseUrlCannotBeUsedIsNamed(String url, String what) throws Exception {
    var file = kubeconfig(url, "{token: t}");
    assertThatThrownBy(
            () -> ApiConnection.read(new ApiAccess.Kubeconfig(file, ""), Map.of(), directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("kubeconfig " + file + ": ")
        .hasMessageContaining(what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | it is empty",
        "'\n\n' | it is empty",
        "'# nothing\n' | it is empty",
        "'---\n' | it is empty",
        "'{}' | no current context",
        "'- a' | the whole of it is not what is expected there",
        "'contexts: no' | contexts",
        "'users: [{name: u, user: no}]' | users[0].user is not what is expected there",
        "'a: [b\n' | neither YAML nor JSON at line 2, column 1",
        "'{\"contexts\": ' | neither YAML nor JSON at line 1",
        "'contexts: [{context: {}}]' | no current context",
      })
  void aKubeconfigThatSaysNothingIsNamed(String text, String what) throws Exception {
    Path file = Files.writeString(directory.resolve("config"), text.translateEscapes());
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
