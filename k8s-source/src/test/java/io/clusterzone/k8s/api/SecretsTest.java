package io.clusterzone.k8s.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.clusterzone.k8s.api.connect.ApiAccess;
import io.clusterzone.k8s.api.connect.ApiConnection;
import io.clusterzone.k8s.api.connect.ApiObserver;
import io.clusterzone.k8s.api.decode.Decoder.Content;
import io.clusterzone.k8s.model.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// No secret stands in a message or a log line, whichever fault there is on the way to the API
/// server. Each secret of these tests has `s3cr3t` in it.
@Timeout(60)
final class SecretsTest {
  private static final String SECRET = "s3cr3t";
  private static final String BASE64 = Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8));

  @TempDir private static Path directory = Path.of("");
  private static FakeApiServer server;
  private static Keys keys;

  private final Logged logged = new Logged("");

  @BeforeAll
  static void start() throws Exception {
    keys = new Keys(directory, "server");
    server = new FakeApiServer(new FakeCluster(), keys.listen());
    server.fault((asked, reply) ->
        switch (asked.path()) {
          case "/away/api/v1/services" -> {
            reply.begin(307, "", "Location: http://u:" + SECRET + "@127.0.0.1:1/");
            reply.end();
            yield true;
          }
          default -> reply.refuse(401, "Unauthorized", "Unauthorized", 0);
        });
    script("prints", "echo " + SECRET + "; echo " + SECRET + " >&2; exit 3");
    script("garbage", "echo " + SECRET);
    script("untimely", status("\"token\": \"t\", \"expirationTimestamp\": \"" + SECRET + "\""));
    script("torn", status("\"token\": \"" + SECRET + "\\\\n" + SECRET + "\""));
    script(
        "unkeyed",
        status(
            "\"clientCertificateData\": \""
                + SECRET
                + "\", \"clientKeyData\": \""
                + SECRET
                + "\""));
    Files.writeString(directory.resolve("torn-token"), SECRET + "\n" + SECRET);
    Files.writeString(
        directory.resolve("key"),
        "-----BEGIN PRIVATE KEY-----\n" + SECRET + "\n-----END PRIVATE KEY-----\n");
  }

  private static String status(String fields) {
    return "echo '{\"status\": {" + fields + "}}'";
  }

  private static void script(String name, String body) throws IOException {
    Path script = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + body + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @AfterEach
  void read() {
    logged.close();
    assertThat(logged.lines()).noneMatch(line -> line.contains(SECRET) || line.contains(BASE64));
  }

  private static String kubeconfig(String cluster, String user) {
    return """
    current-context: here
    contexts:
    - {name: here, context: {cluster: c, user: u}}
    clusters:
    - {name: c, cluster: {%s}}
    users:
    - {name: u, user: %s}
    """
        .formatted(cluster, user);
  }

  private static String server(String path) {
    return "server: \"https://127.0.0.1:%d%s\", certificate-authority: server.crt"
        .formatted(server.port(), path);
  }

  private static String exec(String program) {
    return "{exec: {apiVersion: client.authentication.k8s.io/v1, command: ./%s, args: [%s],"
            .formatted(program, SECRET)
        + " env: [{name: A, value: "
        + SECRET
        + "}]}}";
  }

  private static Arguments row(String what, String cluster, String user) {
    return arguments(what, kubeconfig(cluster, user));
  }

  static Stream<Arguments> failures() {
    String token = "{token: " + SECRET + "}";
    String here = server("");
    return Stream.of(
        row("401", here, token),
        row("401 of a password", here, "{username: u, password: " + SECRET + "}"),
        row("a redirect", server("/away"), token),
        row("a token that is torn", here, "{token: \"" + SECRET + "\\n" + SECRET + "\"}"),
        row("a token of other characters", here, "{token: \"" + SECRET + "\u00e9\"}"),
        row("a token file that is torn", here, "{tokenFile: torn-token}"),
        row("a token file that is missing", here, "{tokenFile: none}"),
        row("a plugin that fails", here, exec("prints")),
        row("a plugin that prints something else", here, exec("garbage")),
        row("a plugin with a time that is none", here, exec("untimely")),
        row("a plugin with a token that is torn", here, exec("torn")),
        row("a plugin with a certificate that is none", here, exec("unkeyed")),
        row("a plugin that is missing", here, exec("none")),
        row("no TLS server", "server: \"https://127.0.0.1:1\"", token),
        row("a server that is not trusted", here.replaceAll(", cert.*", ""), token),
        row(
            "an authority that is none",
            here.replaceAll("-authority.*", "-authority-data: " + BASE64),
            token),
        row(
            "an authority in no base64",
            here.replaceAll("-authority.*", "-authority-data: '" + SECRET + "!'"),
            token),
        row("an authority that is a key", here.replace("server.crt", "key"), token),
        row("a name that is wrong", here + ", tls-server-name: other.example", token),
        row("a key that is none", here, "{client-certificate: server.crt, client-key: key}"),
        row("a certificate that is none", here, "{client-certificate: key, client-key: key}"),
        row(
            "certificate and key in no base64",
            here,
            "{client-certificate-data: '%s!', client-key-data: '%s!'}".formatted(SECRET, SECRET)),
        row("a password in the URL", "server: \"https://u:%s@here\"".formatted(SECRET), token),
        row("a password in a bad URL", "server: \"https://u:%s @here\"".formatted(SECRET), token),
        row(
            "a password with a slash",
            "server: \"https://u:%s/x@here:y\"".formatted(SECRET),
            token),
        row("a password without a scheme", "server: \"u:%s@here\"".formatted(SECRET), token),
        row("a secret query", "server: \"https://here?%s\"".formatted(SECRET), token),
        row("a proxy that is away", proxy("http://u:%s@127.0.0.1:1"), token),
        row("a proxy without a scheme", proxy("u:%s@127.0.0.1:1"), token),
        row("a proxy without a port", proxy("http://u:%s@127.0.0.1"), token),
        row("a proxy that is no URL", proxy("http://u:%s @127.0.0.1:1"), token),
        row("a proxy of another kind", proxy("socks5://u:%s@127.0.0.1:1"), token),
        arguments("an alias", "users: *" + SECRET),
        arguments("a tag", "users: !" + SECRET + " x"),
        arguments("an open quote", "token: \"" + SECRET),
        arguments("a torn list", "token: [" + SECRET),
        arguments("half of JSON", "{\"token\": \"" + SECRET + "\", \"users\": " + SECRET),
        arguments("text instead of users", "users: " + SECRET),
        row("text instead of a user", here, SECRET),
        row("text instead of a flag", here + ", insecure-skip-tls-verify: " + SECRET, token),
        row("a list instead of a token", here, "{token: [" + SECRET + "]}"));
  }

  private static String proxy(String url) {
    return server("") + ", proxy-url: \"" + url.formatted(SECRET) + "\"";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void noMessageHasOne(String what, String kubeconfig) throws Exception {
    Path file = Files.writeString(directory.resolve("config"), kubeconfig);
    String said = failure(new ApiAccess.Kubeconfig(file, ""), Map.of());
    assertThat(said).isNotBlank().doesNotContain(SECRET, BASE64).doesNotContain("null");
  }

  @Test
  void noMessageHasThatOfAnEndpointOrAProxyOfTheEnvironment() throws Exception {
    var endpoint = new ApiAccess.Endpoint("https://u:" + SECRET + "@here", "", "", "");
    assertThat(failure(endpoint, Map.of())).contains("https://here").doesNotContain(SECRET);
    var file = Files.writeString(directory.resolve("config"), kubeconfig(server(""), "{}"));
    for (String proxy : List.of("http://u:%s@127.0.0.1:1", "u:%s@x y:1", "http://u:%s@h")) {
      var environment = Map.of("HTTPS_PROXY", proxy.formatted(SECRET));
      assertThat(failure(new ApiAccess.Kubeconfig(file, ""), environment))
          .isNotBlank()
          .doesNotContain(SECRET);
    }
  }

  /// A proxy that wants another password.
  @Test
  void noMessageHasThatOfAProxyThatRefuses() throws Exception {
    try (var proxy = new ServerSocket(0)) {
      Thread.ofVirtual().start(() -> refuse(proxy));
      String url = "http://u:" + SECRET + "@127.0.0.1:" + proxy.getLocalPort();
      var file =
          Files.writeString(
              directory.resolve("config"),
              kubeconfig(server("") + ", proxy-url: \"" + url + "\"", "{token: " + SECRET + "}"));
      assertThat(failure(new ApiAccess.Kubeconfig(file, ""), Map.of()))
          .isNotBlank()
          .doesNotContain(SECRET);
    }
  }

  private static void refuse(ServerSocket proxy) {
    try {
      while (true) {
        try (var socket = proxy.accept()) {
          var _ = socket.getInputStream().read(new byte[4096]);
          socket
              .getOutputStream()
              .write("HTTP/1.1 407 x\r\nProxy-Authenticate: Basic realm=x\r\n\r\n".getBytes(UTF_8));
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  /// What a source says in the log and in `/ready`, over all that a user may have wrong at once.
  @Test
  void noLineOfTheLogHasOne() throws Exception {
    Path file = directory.resolve("config");
    for (String user : List.of("{token: " + SECRET + "}", exec("prints"), exec("torn"))) {
      Files.writeString(file, kubeconfig(server(""), user));
      var access = new ApiAccess.Kubeconfig(file, "");
      try (var source = new ApiSource(ApiOptions.of(access), new ServedModel(), ApiObserver.NONE)) {
        source.start();
        await().until(() -> source.status().stream().noneMatch(kind -> kind.problems().isEmpty()));
        assertThat(source.status())
            .allSatisfy(kind -> assertThat(kind.problems()).noneMatch(p -> p.contains(SECRET)));
      }
    }
    assertThat(logged.lines()).anyMatch(line -> line.contains("does not accept the credentials"));
  }

  /// What is said of a failure; of a fault of the program, all that would be logged.
  private static String failure(ApiAccess access, Map<String, String> environment)
      throws InterruptedException {
    ApiConnection.Opened opened;
    try {
      opened = ApiConnection.open(access, environment, directory);
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
    var resource = new Resource(Kind.SERVICE, "", "", "", false);
    try (var transport = opened.transport();
        var stream =
            EventStream.open(transport, resource.list(""), resource, Content.LIST, _ -> {})) {
      throw new AssertionError("no failure but a stream, closed: " + stream.hashCode());
    } catch (ApiFailure e) {
      return e.explained();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    } catch (RuntimeException e) {
      var trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      throw new AssertionError("a fault of the program: " + trace);
    }
  }
}
