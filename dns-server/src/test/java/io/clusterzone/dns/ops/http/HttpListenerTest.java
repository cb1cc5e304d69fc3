package io.clusterzone.dns.ops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Clients that do what no client should.
final class HttpListenerTest {
  private static final int PLACES = 4;
  private static final Duration TICK = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofHours(1);

  private final List<Socket> clients = new ArrayList<>();
  private HttpListener listener = listener(LONG, "OK");

  private static HttpListener listener(Duration age, String body) {
    try {
      return HttpListener.start(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          new HttpListener.Limits(PLACES, age, TICK),
          Map.of("/health", _ -> HttpReply.plain(200, body)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
    for (Socket client : clients) {
      client.close();
    }
  }

  private Socket connect() throws IOException {
    Socket client = new Socket();
    client.setSoTimeout(10_000);
    client.connect(listener.address());
    clients.add(client);
    return client;
  }

  private Socket send(String text) throws IOException {
    Socket client = connect();
    client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return client;
  }

  private static String read(Socket client) throws IOException {
    return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /// Waits for the other side to close, however it does.
  private static void awaitEnd(Socket client) throws IOException {
    try {
      assertThat(read(client)).isEmpty();
    } catch (SocketException _) {
      // Reset, which is an end too.
    }
  }

  private void checkHealth() {
    assertThatNoException().isThrownBy(() -> HealthProbe.request(listener.address()));
  }

  @Test
  void clientsThatHoldEveryPlaceKeepNobodyOut() throws IOException {
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 3 * PLACES; i++) {
      slow.add(send("GET /health HTTP/1.1\r\nX: "));
    }
    checkHealth();
    for (Socket client : slow.subList(0, 2 * PLACES)) {
      awaitEnd(client);
    }
  }

  @Test
  void aClientThatSendsNoWholeRequestIsClosed() throws IOException {
    listener.close();
    listener = listener(Duration.ofMillis(100), "OK");
    awaitEnd(connect());
    awaitEnd(send("GET /health HTTP/1.1\r\n"));
    checkHealth();
  }

  @Test
  void aClientThatReadsNoReplyIsClosed() throws IOException {
    listener.close();
    listener = listener(Duration.ofMillis(100), "x".repeat(20_000_000));
    Socket deaf = connect();
    deaf.setReceiveBufferSize(1024);
    deaf.getOutputStream().write("GET /health HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    await().until(() -> listener.openConnections() == 0);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /health HTTP/1.1, 200",
    "GET /health HTTP/1.0, 200",
    "GET /health?a=b HTTP/1.1, 200",
    "GET /healthz HTTP/1.1, 404",
    "GET /../health HTTP/1.1, 404",
    "GET http://a/health HTTP/1.1, 404",
    "DELETE /health HTTP/1.1, 405",
    "get /health HTTP/1.1, 405",
    "GET /health, 400",
    "GET  /health HTTP/1.1, 400",
    "GET /health HTTP/2.0, 400",
    "GET /hea lth HTTP/1.1, 400",
    "nonsense, 400",
  })
  void judgesARequestByItsFirstLine(String line, int status) throws IOException {
    assertThat(read(send(line + "\r\nHost: a\r\n\r\n"))).startsWith("HTTP/1.1 " + status + " ");
    assertThat(read(send(line + "\n\n"))).startsWith("HTTP/1.1 " + status + " ");
  }

  @Test
  void aHeadWithoutEndIsTooLong() throws IOException {
    String head = "GET /health HTTP/1.1\r\nX: ";
    Socket client = send(head + "x".repeat(HttpHead.MAX_OCTETS - head.length()));
    assertThat(read(client)).startsWith("HTTP/1.1 431 ");
  }

  @Test
  void noOctetsEndIt() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      byte[] octets = new byte[random.nextInt(1, 400)];
      random.nextBytes(octets);
      Socket client = connect();
      client.getOutputStream().write(octets);
      client.close();
    }
    assertThatNoException()
        .as("seed %d", seed)
        .isThrownBy(() -> HealthProbe.request(listener.address()));
  }
}
