package io.clusterzone.dns.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.ops.Event;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UdpListenerTest {
  private static TransportOptions options(boolean nativeTransport, int loops) {
    return TransportOptions.DEFAULTS.withLoops(loops).withNativeTransport(nativeTransport);
  }

  @ParameterizedTest
  @CsvSource({
    "true, 127.0.0.1",
    "true, 127.0.0.2",
    "true, ::1",
    "false, 127.0.0.1",
    "false, 127.0.0.2",
    "false, ::1"
  })
  void answersAtABoundAddress(boolean nativeTransport, String address) throws Exception {
    List<InetAddress> bind = List.of(InetAddress.getByName(address));
    try (TestServer server = TestServer.start(options(nativeTransport, 2), bind);
        UdpClient client = new UdpClient(address, server.port())) {
      assertThat(client.ask("hello")).isEqualTo("hello");
    }
  }

  /// The client's socket is connected, so it gets no reply from another address. No interface lists
  /// 127.0.0.2; epoll tells it to us, the JDK's channels do not.
  @ParameterizedTest
  @CsvSource({
    "true, 127.0.0.1",
    "true, 127.0.0.2",
    "true, 127.1.2.3",
    "true, ::1",
    "false, 127.0.0.1",
    "false, ::1"
  })
  void answersFromTheAddressThatWasAskedOfAWildcard(boolean nativeTransport, String address)
      throws Exception {
    try (TestServer server = TestServer.start(options(nativeTransport, 2), List.of())) {
      for (int i = 0; i < 20; i++) {
        try (UdpClient client = new UdpClient(address, server.port())) {
          assertThat(client.ask("hello " + i)).isEqualTo("hello " + i);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyLoopTakesItsShareOfThePort(boolean nativeTransport) throws Exception {
    List<InetAddress> bind = List.of(InetAddress.getLoopbackAddress());
    try (TestServer server = TestServer.start(options(nativeTransport, 3), bind)) {
      for (int i = 0; i < 200 && !everyLoopReceived(server); i++) {
        try (UdpClient client = server.udp()) {
          client.ask("hello");
        }
      }
      assertThat(everyLoopReceived(server)).isTrue();
    }
  }

  private static boolean everyLoopReceived(TestServer server) {
    for (int loop = 0; loop < 3; loop++) {
      if (server.counters().loop(loop).get(Event.UDP_RECEIVED) == 0) {
        return false;
      }
    }
    return true;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anExceptionOfTheHandlerIsAnsweredAndEndsNothing(boolean nativeTransport) throws Exception {
    try (TestServer server = TestServer.startLocal(options(nativeTransport, 1));
        UdpClient client = server.udp()) {
      assertThat(client.ask("!")).isEqualTo("x");
      assertThat(client.ask("@")).isEqualTo("@");
      assertThat(client.ask("hello")).isEqualTo("hello");
      assertThat(server.count(Event.PANICS)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void answersLaterAndOutOfOrder(boolean nativeTransport) throws Exception {
    try (TestServer server = TestServer.startLocal(options(nativeTransport, 1));
        UdpClient client = server.udp()) {
      client.send("-1");
      client.send("-2");
      client.send("+");
      List<String> answers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        answers.add(new String(client.receive(), ISO_8859_1));
      }
      assertThat(answers).containsExactlyInAnyOrder("-2", "-1", "+");
    }
  }

  /// RFC 6891 section 6.2.4: a query may be longer than 512 octets.
  @ParameterizedTest
  @CsvSource({
    "true, 513, 513",
    "true, 4096, 4096",
    "true, 9000, 4096",
    "false, 513, 513",
    "false, 4096, 4096",
    "false, 9000, 4096"
  })
  void readsLongQueriesAndCutsTheLongest(boolean nativeTransport, int sent, int seen)
      throws Exception {
    try (TestServer server = TestServer.startLocal(options(nativeTransport, 1));
        UdpClient client = server.udp()) {
      client.send("q".repeat(sent));
      assertThat(client.receive()).hasSize(seen);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBurstOfGarbageLeavesTheListenerAnswering(boolean nativeTransport) throws Exception {
    Random random = new Random(7);
    try (TestServer server = TestServer.startLocal(options(nativeTransport, 1));
        UdpClient client = server.udp()) {
      for (int i = 0; i < 2000; i++) {
        byte[] garbage = new byte[random.nextInt(600)];
        random.nextBytes(garbage);
        if (garbage.length > 0) {
          garbage[0] = '?';
        }
        client.send(garbage);
      }
      try (UdpClient other = server.udp()) {
        // The burst may fill the socket's buffer: then the kernel drops the query, and it is asked
        // again.
        await()
            .atMost(Duration.ofSeconds(30))
            .ignoreExceptionsInstanceOf(SocketTimeoutException.class)
            .until(() -> other.ask("hello").equals("hello"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void countsWhatItReceivesSendsAndDrops(boolean nativeTransport) throws Exception {
    try (TestServer server = TestServer.startLocal(options(nativeTransport, 1));
        UdpClient client = server.udp()) {
      client.send("?dropped");
      client.ask("12345");
      assertThat(server.count(Event.UDP_RECEIVED)).isEqualTo(2);
      assertThat(server.count(Event.UDP_RECEIVED_OCTETS)).isEqualTo(13);
      assertThat(server.count(Event.UDP_SENT)).isEqualTo(1);
      assertThat(server.count(Event.UDP_SENT_OCTETS)).isEqualTo(5);
      assertThat(server.count(Event.DROPPED)).isEqualTo(1);
    }
  }
}
