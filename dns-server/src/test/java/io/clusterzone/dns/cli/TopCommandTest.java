package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `top` asks the page for what its options say, and prints the reply as it is.
final class TopCommandTest {
  private HttpServer server;
  private int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/top",
        exchange -> {
          byte[] octets =
              ("{\"error\": \"" + exchange.getRequestURI().getQuery() + "\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, octets.length);
          exchange.getResponseBody().write(octets);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private CommandRun run(String options) {
    String all = "top --server :" + server.getAddress().getPort() + " " + options;
    return CommandRun.of(all.strip().split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | window=1m&count=20&output=text",
        "--by namespace --count 5 | by=namespace&window=1m&count=5&output=text",
        "--labels 3 --rcode NXDOMAIN | labels=3&rcode=NXDOMAIN&window=1m&count=20&output=text",
        "--slow --once | slow=true&window=1m&count=20&output=text",
        "--output json --window 10m | window=10m&count=20&output=json",
      })
  void asksForWhatTheOptionsSay(String options, String query) {
    assertThat(run(options)).isEqualTo(new CommandRun(0, "{\"error\": \"" + query + "\"}", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--slow --by name | --slow lists single queries",
        "--by client --labels 2 | --labels goes with --by labels",
        "--interval 0 | --interval takes 1 to 3600 seconds, not 0",
        "--by nothing | expected one of",
      })
  void refusesWhatMakesNoSense(String options, String reason) {
    CommandRun run = run(options);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(reason);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void saysWhyTheServerRefuses() {
    status = 400;
    CommandRun run = run("--count 501");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).startsWith("clusterzone: window=1m&count=501");
  }
}
