package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterzone.dns.config.Admin;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.k8s.api.FreePorts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// The address of the pages of `admin`: named, implied, taken by others, changed.
final class AdminApiTest {
  private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
  private static final Log LOG = Log.start(System.out, Log.CAPACITY);

  private final int port = FreePorts.next();
  private final int other = FreePorts.next();

  AdminApiTest() throws IOException {}

  private static Corefile corefile(String... directives) {
    String text = ".:0 {\n bind 127.0.0.1\n whoami\n " + String.join("\n ", directives) + "\n}\n";
    return CorefileFile.good(
        CorefileParser.read("Corefile", text, ParseOptions.ofProcess()).result());
  }

  private static Admin at(int port) {
    return new Admin(new InetSocketAddress(LOCAL, port));
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static void assertNothingAt(int port) {
    assertThatThrownBy(() -> get(port, "/")).isInstanceOf(ConnectException.class);
  }

  @Test
  void listsItsPages() throws Exception {
    try (Server _ = Servers.start(corefile("admin localhost:" + port))) {
      assertThat(get(port, "/").body()).contains("<a href=\"/version\">");
      assertThat(get(port, "/nothing").statusCode()).isEqualTo(404);
      HttpResponse<String> version = get(port, "/version");
      assertThat(version.statusCode()).isEqualTo(200);
      assertThat(version.headers().firstValue("content-type")).contains("application/json");
      assertThat(version.body()).contains("\"version\": \"" + Version.number() + "\"");
      HttpResponse<String> wrong = get(port, "/version?a=1");
      assertThat(wrong.statusCode()).isEqualTo(400);
      assertThat(wrong.body()).contains("there is no parameter \\\"a\\\"");
    }
  }

  @Test
  void hasAnAddressThatNobodyNamed() throws Exception {
    try (Server server = Server.start(corefile(), LOG, at(port))) {
      assertThat(get(port, "/version").statusCode()).isEqualTo(200);
      server.change(corefile("admin localhost:" + other));
      assertNothingAt(port);
      assertThat(get(other, "/version").statusCode()).isEqualTo(200);
      server.change(corefile("admin off"));
      assertNothingAt(other);
      assertNothingAt(port);
      server.change(corefile());
      assertThat(get(port, "/version").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void anAddressThatNobodyNamedMayBeTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, LOCAL);
        Server server =
            Server.start(corefile("health localhost:" + port), LOG, at(taken.getLocalPort()))) {
      assertThat(get(port, "/health").statusCode()).isEqualTo(200);
      assertThat(server.addresses()).hasSize(1);
    }
  }

  @Test
  void anAddressThatIsNamedMayNotBeTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, LOCAL)) {
      Corefile named = corefile("admin localhost:" + taken.getLocalPort());
      assertThatThrownBy(() -> Servers.start(named))
          .isInstanceOf(Unservable.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void sharesAnAddressWithOtherPages() throws Exception {
    try (Server _ = Server.start(corefile("prometheus localhost:" + port), LOG, at(port))) {
      assertThat(get(port, "/metrics").statusCode()).isEqualTo(200);
      assertThat(get(port, "/version").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void isNotThereInAServerThatIsEmbedded() throws Exception {
    try (Server _ = Servers.start(corefile("health localhost:" + port))) {
      assertThat(get(port, "/").body()).doesNotContain("/version");
    }
  }

  @Test
  void pagesAreBoundedAcrossReloads() throws Exception {
    try (Server server = Servers.start(corefile("admin localhost:" + port))) {
      boolean bounded = false;
      for (int i = 0; i < 400 && !bounded; i++) {
        if (i % 5 == 0) {
          server.change(corefile("admin localhost:" + port, i % 2 == 0 ? "any" : "errors"));
        }
        bounded = get(port, "/version").statusCode() == 429;
      }
      assertThat(bounded).isTrue();
    }
  }
}
