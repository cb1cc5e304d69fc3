package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.k8s.api.connect.ApiAccess;
import io.clusterzone.k8s.api.connect.ApiConnection;
import io.clusterzone.k8s.api.connect.ApiObserver;
import io.clusterzone.k8s.api.connect.Timing;
import io.clusterzone.k8s.model.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Credentials of every sort, and what becomes of those that are wrong, are renewed or come late:
/// nothing is fatal, all is named, and what becomes right is used without a restart.
@Timeout(60)
final class ApiAuthenticationTest {
  private static Keys keys;
  private static Keys other;

  @TempDir private Path directory = Path.of("");
  private final FakeCluster cluster = new FakeCluster();

  @BeforeAll
  static void makeKeys(@TempDir Path shared) throws Exception {
    keys = new Keys(shared, "server");
    other = new Keys(shared, "other");
  }

  @BeforeEach
  void fill() {
    cluster.put(Samples.namespace("shop"), Samples.service("web", "10.96.0.1"));
  }

  private Path kubeconfig(String cluster, String user) throws IOException {
    Path file = directory.resolve("config");
    Path next =
        Files.writeString(
            directory.resolve("config.new"),
            """
            apiVersion: v1
            kind: Config
            current-context: here
            contexts:
            - {name: here, context: {cluster: c, user: u}}
            clusters:
            - {name: c, cluster: %s}
            users:
            - {name: u, user: %s}
            """
                .formatted(cluster, user));
    return Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Credentials are sent over TLS alone.
  private FakeApiServer secure() throws Exception {
    return new FakeApiServer(cluster, keys.listen());
  }

  private String server(FakeApiServer server) {
    return tls(server, keys.certificate(), "");
  }

  private String tls(FakeApiServer server, Path authority, String more) {
    return "{server: \"https://127.0.0.1:%d\", certificate-authority: \"%s\"%s}"
        .formatted(server.port(), authority, more);
  }

  private Running follow(ApiAccess access) throws InterruptedException {
    return follow(access, Map.of());
  }

  private Running follow(ApiAccess access, Map<String, String> environment)
      throws InterruptedException {
    var served = new ServedModel();
    var source =
        new ApiSource(
            ApiOptions.of(access),
            served,
            ApiObserver.NONE,
            ApiConnection.open(access, environment, directory),
            Timing.SYSTEM,
            new Random(1),
            Scenario.SHORT);
    source.start();
    return new Running(source, served);
  }

  private Running follow(Path kubeconfig) throws InterruptedException {
    return follow(new ApiAccess.Kubeconfig(kubeconfig, ""));
  }

  private record Running(ApiSource source, ServedModel served) implements AutoCloseable {
    void awaitSynced() {
      await().until(() -> source.status().stream().allMatch(KindStatus::synced));
      await().until(() -> source.status().stream().allMatch(kind -> kind.problems().isEmpty()));
    }

    void awaitProblem(String... parts) {
      await()
          .untilAsserted(() ->
              assertThat(source.status())
                  .allSatisfy(
                      kind -> assertThat(kind.problems()).first().asString().contains(parts)));
    }

    boolean knows(String service) {
      return served.objects(Kind.SERVICE).containsKey(Samples.key(service));
    }

    @Override
    public void close() {
      source.close();
    }
  }

  /// Lets in who shows this token, and no one else.
  private static void admit(FakeApiServer server, String token) {
    server.healed();
    server.fault((asked, reply) ->
        !asked.authorization().equals("Bearer " + token)
            && reply.refuse(401, "Unauthorized", "Unauthorized", 0));
  }

  private void assertGoesOnWith(FakeApiServer server, String token, Running running) {
    admit(server, token);
    server.cut();
    cluster.put(Samples.service("later", "10.96.0.2"));
    await().until(() -> running.knows("later"));
    running.awaitSynced();
    assertThat(server.asked().getLast().authorization()).isEqualTo("Bearer " + token);
  }

  @Test
  void theAccountsTokenIsRenewedOnDisk() throws Exception {
    Files.writeString(directory.resolve("token"), "first\n");
    Files.copy(keys.certificate(), directory.resolve("ca.crt"));
    try (var server = new FakeApiServer(cluster, keys.listen())) {
      admit(server, "first");
      var environment =
          Map.of(
              "KUBERNETES_SERVICE_HOST",
              "127.0.0.1",
              "KUBERNETES_SERVICE_PORT",
              "" + server.port());
      try (var running = follow(new ApiAccess.InCluster(), environment)) {
        running.awaitSynced();
        Files.writeString(directory.resolve("token"), "second\n");
        assertGoesOnWith(server, "second", running);
        Files.delete(directory.resolve("token"));
        server.cut();
        running.awaitProblem("the token cannot be read", "NoSuchFileException");
        Files.writeString(directory.resolve("token"), "second\n");
        running.awaitSynced();
        assertThat(running.source().status())
            .as("no fault of ours, nothing is listed again")
            .allMatch(kind -> kind.relists(RelistReason.FAULT) == 0);
      }
    }
  }

  @Test
  void aTokenFileOfAKubeconfigIsRenewed() throws Exception {
    Path token = Files.writeString(directory.resolve("t"), "first\n");
    try (var server = secure()) {
      admit(server, "first");
      try (var running = follow(kubeconfig(server(server), "{tokenFile: \"" + token + "\"}"))) {
        running.awaitSynced();
        Files.writeString(token, "second\n");
        assertGoesOnWith(server, "second", running);
      }
    }
  }

  @Test
  void aTokenThatIsNotAcceptedIsNamedAndUsedOnceItIsGood() throws Exception {
    try (var server = secure()) {
      admit(server, "good");
      try (var running = follow(kubeconfig(server(server), "{token: bad}"))) {
        running.awaitProblem("does not accept the credentials", "401 Unauthorized");
        var _ = kubeconfig(server(server), "{token: good}");
        running.awaitSynced();
      }
    }
  }

  @Test
  void aServerThatHasMovedIsFollowedOnceTheKubeconfigSaysWhere() throws Exception {
    try (var before = secure()) {
      try (var running = follow(kubeconfig(server(before), "{token: t}"))) {
        running.awaitSynced();
        before.stop();
        running.awaitProblem("127.0.0.1:" + before.port());
        try (var after = secure()) {
          assertThat(after.port()).isNotEqualTo(before.port());
          var _ = kubeconfig(server(after), "{token: t}");
          cluster.put(Samples.service("later", "10.96.0.2"));
          await().until(() -> running.knows("later"));
          running.awaitSynced();
        }
      }
    }
  }

  private Path plugin(String body) throws IOException {
    Path script = Files.writeString(directory.resolve("plugin.new"), "#!/bin/sh\n" + body + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return Files.move(script, directory.resolve("plugin"), StandardCopyOption.REPLACE_EXISTING);
  }

  private Path givesToken(String token) throws IOException {
    return plugin(
        """
        echo '{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",
          "status": {"token": "%s"}}'
        """
            .formatted(token));
  }

  private static String exec(Path plugin) {
    return "{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never,"
        + " command: \""
        + plugin
        + "\"}}";
  }

  @Test
  void aPluginIsAskedAgainWhenItsTokenIsNoLongerAccepted() throws Exception {
    Path plugin = givesToken("first");
    try (var server = secure()) {
      admit(server, "first");
      try (var running = follow(kubeconfig(server(server), exec(plugin)))) {
        running.awaitSynced();
        var _ = givesToken("second");
        assertGoesOnWith(server, "second", running);
      }
    }
  }

  @Test
  void aPluginThatFailsIsAskedAgain() throws Exception {
    Path plugin = plugin("echo no network >&2; exit 3");
    try (var server = secure()) {
      admit(server, "late");
      try (var running = follow(kubeconfig(server(server), exec(plugin)))) {
        running.awaitProblem("credential plugin " + plugin, "exit code 3; run it by hand");
        var _ = givesToken("late");
        running.awaitSynced();
      }
    }
  }

  @Test
  void aClientIsKnownByItsCertificate() throws Exception {
    try (var server = new FakeApiServer(cluster, keys.listenFor(other))) {
      String user =
          "{client-certificate: \"%s\", client-key: \"%s\"}"
              .formatted(other.certificate(), other.key());
      try (var running = follow(kubeconfig(tls(server, keys.certificate(), ""), user))) {
        running.awaitSynced();
      }
    }
  }

  @Test
  void aServerThatIsNotTrustedIsNamedAndUsedOnceItIs() throws Exception {
    Path authority = Files.copy(other.certificate(), directory.resolve("ca"));
    try (var server = new FakeApiServer(cluster, keys.listen())) {
      try (var running = follow(kubeconfig(tls(server, authority, ""), "{token: t}"))) {
        running.awaitProblem(
            "https://127.0.0.1:" + server.port(),
            "its certificate is not trusted",
            "certificate-authority");
        Files.copy(keys.certificate(), authority, StandardCopyOption.REPLACE_EXISTING);
        running.awaitSynced();
      }
    }
  }

  /// RFC 9525 section 6.3: a wildcard is one whole label.
  @ParameterizedTest
  @CsvSource({
    "kube.example.org, true",
    "KUBE.example.org, true",
    "a.wild.example.org, true",
    "192.0.2.7, true",
    "fd00::7, true",
    "fd00::8, false",
    "192.0.2, false",
    "wild.example.org, false",
    "a.b.wild.example.org, false",
    "other.example.org, false",
    "127.0.0.1, false"
  })
  void aServerMayHaveAnotherNameThanItsUrl(String name, boolean right) throws Exception {
    var names = "DNS:kube.example.org,DNS:*.wild.example.org,IP:192.0.2.7,IP:fd00::7";
    var named = new Keys(directory, "named", names);
    try (var server = new FakeApiServer(cluster, named.listen())) {
      String tls = tls(server, named.certificate(), ", tls-server-name: \"" + name + "\"");
      try (var running = follow(kubeconfig(tls, "{}"))) {
        if (right) {
          running.awaitSynced();
        } else {
          running.awaitProblem("its certificate is not trusted: it does not name " + name);
        }
      }
    }
  }

  @Test
  void theNameOfAServerDoesNotMakeItTrusted() throws Exception {
    try (var server = new FakeApiServer(cluster, keys.listen())) {
      String tls = tls(server, other.certificate(), ", tls-server-name: \"127.0.0.1\"");
      try (var running = follow(kubeconfig(tls, "{}"))) {
        running.awaitProblem(
            "its certificate is not trusted: unable to find valid certification path");
      }
    }
  }

  @Test
  void aKubeconfigsProxyIsGoneThrough() throws Exception {
    try (var proxy = new Proxy();
        var server = new FakeApiServer(cluster, keys.listen())) {
      String more = ", proxy-url: \"http://127.0.0.1:" + proxy.port() + "\"";
      try (var running = follow(kubeconfig(tls(server, keys.certificate(), more), "{token: t}"))) {
        running.awaitSynced();
        assertThat(proxy.targets()).contains("127.0.0.1:" + server.port());
      }
    }
  }

  @Test
  void aProxyOfTheEnvironmentIsGoneThroughUnlessTheHostIsExcepted() throws Exception {
    try (var proxy = new Proxy();
        var server = new FakeApiServer(cluster, keys.listen())) {
      Path file = kubeconfig(tls(server, keys.certificate(), ""), "{token: t}");
      var access = new ApiAccess.Kubeconfig(file, "");
      String url = "http://127.0.0.1:" + proxy.port();
      try (var running =
          follow(access, Map.of("HTTPS_PROXY", url, "NO_PROXY", "localhost,127.0.0.0/8"))) {
        running.awaitSynced();
        assertThat(proxy.targets()).isEmpty();
      }
      try (var running = follow(access, Map.of("https_proxy", url))) {
        running.awaitSynced();
        assertThat(proxy.targets()).contains("127.0.0.1:" + server.port());
      }
    }
  }

  /// In clear whoever is on the way could take them. Kubectl sends none either.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{token: sesame}",
        "{tokenFile: \"%s/t\"}",
        "{username: u, password: sesame}",
        "{exec: {apiVersion: client.authentication.k8s.io/v1, command: \"%s/plugin\"}}",
      })
  void withoutTlsNoCredentialsAreSent(String user) throws Exception {
    Files.writeString(directory.resolve("t"), "sesame");
    Path ran = directory.resolve("ran");
    var _ = plugin("touch " + ran);
    try (var server = new FakeApiServer(cluster);
        var logged = new Logged(ApiConnection.class)) {
      String cluster = "{server: \"" + server.url() + "\"}";
      try (var running = follow(kubeconfig(cluster, user.formatted(directory)))) {
        running.awaitSynced();
        assertThat(server.asked()).allMatch(asked -> asked.authorization().isEmpty());
        assertThat(ran).doesNotExist();
        assertThat(logged.lines())
            .singleElement()
            .asString()
            .contains(server.url(), "without TLS no credentials are sent", "https://");
      }
    }
  }

  /// A server that is no TLS server is not spoken to in another way.
  @Test
  void aServerWithoutASchemeIsNeverSpokenToInClear() throws Exception {
    try (var server = new FakeApiServer(cluster)) {
      String address = "127.0.0.1:" + server.port();
      for (ApiAccess access :
          List.of(
              new ApiAccess.Kubeconfig(
                  kubeconfig("{server: \"" + address + "\"}", "{token: t}"), ""),
              new ApiAccess.Endpoint(address, "", "", ""))) {
        try (var running = follow(access)) {
          running.awaitProblem("https://" + address);
        }
      }
      assertThat(server.asked()).isEmpty();
    }
  }

  @Test
  void noCredentialsGoWhereAServerSendsThem() throws Exception {
    try (var other = new FakeApiServer(cluster);
        var server = secure()) {
      server.fault((asked, reply) -> {
        reply.begin(307, "", "Location: " + other.url() + asked.path());
        reply.end();
        return true;
      });
      try (var running = follow(kubeconfig(server(server), "{token: t}"))) {
        running.awaitProblem("307", "the server sends elsewhere");
      }
      assertThat(other.asked()).isEmpty();
    }
  }
}
