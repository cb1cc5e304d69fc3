package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.clusterzone.k8s.api.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The client of `admin`, against a server that says what it is told to.
final class AdminClientTest {
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(int status, String text) {
    server.createContext(
        "/top",
        exchange -> {
          String body = text.replace("QUERY", String.valueOf(exchange.getRequestURI().getQuery()));
          byte[] octets = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, octets.length);
          exchange.getResponseBody().write(octets);
          exchange.close();
        });
  }

  private int port() {
    return server.getAddress().getPort();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://127.0.0.1:PORT", "http://127.0.0.1:PORT/", "localhost:PORT", ":PORT"})
  void readsAPage(String address) {
    answer(200, "a ü QUERY");
    assertThat(
            new AdminClient(address.replace("PORT", Integer.toString(port())))
                .get("/top", Map.of("by", List.of("a b&", "c"))))
        .isEqualTo("a ü by=a+b&&by=c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127.0.0.1",
        "https://a:1",
        "http://a",
        "http://a:1/top",
        "a b:1",
        "ftp://a:1"
      })
  void refusesWhatIsNoAddress(String address) {
    assertThatThrownBy(() -> new AdminClient(address))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("--server takes http://HOST:PORT")
        .hasMessageEndingWith("not " + address);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {\\n  \"error\": \"by is \\\"x\\\"\"\\n} | clusterzone: by is \"x\"",
        "404 | there is /metrics | clusterzone: URL has no page /top: name the address of the"
            + " directive admin of a server of this version",
        "429 | {\"error\": \"too often\"} | clusterzone: URL says 429: too often",
        "500 | see the log | clusterzone: URL says 500: see the log",
        "301 | elsewhere | clusterzone: URL says 301",
      })
  void saysWhyThereIsNoPage(int status, String text, String message) {
    answer(status, text.replace("\\n", "\n"));
    String url = "http://127.0.0.1:" + port();
    assertThatThrownBy(() -> new AdminClient(url).get("/top", Map.of()))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(message.replace("URL", url));
  }

  @Test
  void saysWhatToDoWhereNothingAnswers() throws IOException {
    String url = "http://127.0.0.1:" + FreePorts.next();
    assertThatThrownBy(() -> new AdminClient(url).get("/top", Map.of()))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "clusterzone: no server answers at "
                + url
                + ": is it running here, and not with admin off? Name its address with --server;"
                + " see the directive admin");
  }

  @Test
  void readsNoMoreThanItTakes() {
    answer(200, "x".repeat((8 << 20) + 1));
    assertThatThrownBy(() -> new AdminClient(":" + port()).get("/top", Map.of()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("it sends more than 8388608 octets");
  }
}
