package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Admin;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.server.ListenAddress;
import io.clusterzone.dns.server.Server;
import io.clusterzone.k8s.api.FakeApiServer;
import io.clusterzone.k8s.api.FakeCluster;
import io.clusterzone.k8s.api.FreePorts;
import io.clusterzone.k8s.api.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `explain` on manifests, of a running server, and of a live cluster.
@Timeout(60)
final class ExplainCommandTest {
  private static final String EXAMPLE = "../deploy/example";
  private static final Log LOG = Log.start(System.out, Log.CAPACITY);

  @TempDir private Path directory = Path.of("");

  private static JsonNode json(CommandRun run) {
    return JsonMapper.shared().readTree(run.out());
  }

  @Test
  void tellsPeopleWhatIsBehindAName() {
    CommandRun run = CommandRun.of("explain", "db", "--from", "shop", "--manifests", EXAMPLE);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .contains(
            "db (A, AAAA) resolves",
            "asked from namespace shop as 127.0.0.1; glibc with ndots 5",
            "        db.shop.svc.cluster.local. 5 A 10.244.1.20",
            "Service shop/db",
            "  endpoints  3 addresses, 2 ready, 2 in the answer; left out: 1 not ready")
        .anyMatch(line -> line.contains("10.244.3.20") && line.endsWith("left out: not ready"));
  }

  @Test
  void tellsProgramsThatANameDoesNotResolve() {
    CommandRun run =
        CommandRun.of("explain", "web.shpo", "--manifests", EXAMPLE, "--output", "json");
    assertThat(run.code()).as(run.err()).isEqualTo(Commands.PROBLEM);
    assertThat(json(run).path("resolves").asBoolean(true)).isFalse();
    assertThat(json(run).path("findings").path(0).path("code").asString()).isEqualTo("CZ0301");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a..b | the name is a domain name or an address",
        "web NOTYPE | the type is one such as A",
        "web --resolver bionic | the resolver is one of glibc, musl, go",
        "web --ndots 16 | ndots is a number from 0 to 15",
        "web --server x --manifests y | takes --kubeconfig, not --server",
        "web --server x --conf y | --server excludes --kubeconfig and --conf",
        "web --server ftp://x | --server takes http://HOST:PORT",
      })
  void refusesWhatMakesNoSense(String arguments, String error) {
    CommandRun run = CommandRun.of(("explain " + arguments).split(" "));
    assertThat(run.code()).isEqualTo(Commands.USAGE);
    assertThat(run.err()).contains(error);
    assertThat(run.out()).isEmpty();
  }

  /// The same words from a running server and from its files; nothing is counted there.
  @Test
  void asksARunningServer() throws Exception {
    var local = InetAddress.getLoopbackAddress();
    int port = FreePorts.next();
    try (Server _ =
        Server.start(
            ImpliedCorefile.ofManifests(
                List.of(Path.of(EXAMPLE)),
                new MadeFlags().options(),
                List.of(),
                List.of(new ListenAddress(List.of(local), 0))),
            LOG,
            new Admin(new InetSocketAddress(local, port)))) {
      CommandRun asked = CommandRun.of("explain", "wbe", "--from", "shop", "--server", ":" + port);
      assertThat(asked.code()).as(asked.err()).isEqualTo(Commands.PROBLEM);
      CommandRun here = CommandRun.of("explain", "wbe", "--from", "shop", "--manifests", EXAMPLE);
      assertThat(told(asked)).isEqualTo(told(here)).contains("CZ0304").contains("<- below");
      HttpResponse<String> text = get(port, "/explain?name=web.shop&output=text");
      assertThat(text.body()).startsWith("web.shop (A, AAAA) resolves\n");
      HttpResponse<String> bad = get(port, "/explain?name=web.shop&ndots=a");
      assertThat(bad.statusCode()).isEqualTo(400);
      assertThat(bad.body()).contains("ndots is a number");
    }
  }

  /// What does not depend on when and where it was asked.
  private static String told(CommandRun run) {
    return run.out()
        .replaceAll(" at dns://\\S+", "")
        .replaceAll("serial \\d+", "")
        .replaceAll("certain \\d+ s ago", "");
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private Path kubeconfig(int port) throws IOException {
    return Files.writeString(
        directory.resolve("config"),
        """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts: [{name: here, context: {cluster: here, user: me}}]
        clusters: [{name: here, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: me, user: {}}]
        """
            .formatted(port));
  }

  @Test
  void explainsALiveClusterAndWhatManifestsWouldChange() throws Exception {
    var cluster = new FakeCluster();
    cluster.put(
        Samples.namespace("shop"),
        Samples.service("web", "10.96.0.1"),
        Samples.headless("db"),
        Samples.slice("db", "db-1", "10.0.0.1"));
    Path manifests =
        Files.writeString(
            directory.resolve("new.yaml"),
            """
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: pay, namespace: shop}
            spec: {type: ExternalName, externalName: db.shop.svc.cluster.local}
            """);
    try (var server = new FakeApiServer(cluster)) {
      String config = kubeconfig(server.port()).toString();
      CommandRun live =
          CommandRun.of("explain", "db.shop", "--kubeconfig", config, "--output", "json");
      assertThat(live.code()).as(live.err()).isZero();
      assertThat(json(live).path("data").toString()).contains("services", "ageSeconds");

      CommandRun comes = change("pay.shop", config, manifests);
      assertThat(comes.code()).as(comes.err()).isZero();
      assertThat(json(comes).path("changes").valueStream().map(JsonNode::asString))
          .containsExactly(
              "pay.shop resolves",
              "+ db.shop.svc.cluster.local. 5 A 10.0.0.1",
              "+ pay.shop.svc.cluster.local. 5 CNAME db.shop.svc.cluster.local.");

      // A cluster IP that nobody wrote is not another one.
      CommandRun same = change("web.shop", config, manifests);
      assertThat(same.code()).as(same.err()).isZero();
      assertThat(json(same).path("changes")).isEmpty();
      assertThat(json(same).path("after").toString()).contains("http tcp 80", "10.96.0.1");
    }
  }

  private static CommandRun change(String name, String config, Path manifests) {
    return CommandRun.of(
        "explain",
        name,
        "--kubeconfig",
        config,
        "--manifests",
        manifests.toString(),
        "--output",
        "json");
  }

  @Test
  void tellsWhyTheClusterIsNotKnown() throws Exception {
    String config = kubeconfig(FreePorts.next()).toString();
    CommandRun run = CommandRun.of("explain", "web", "--kubeconfig", config);
    assertThat(run.code()).isEqualTo(Commands.PROBLEM);
    assertThat(run.err()).contains("the cluster is not known: ");
  }
}
