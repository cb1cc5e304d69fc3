package io.clusterzone.dns.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.Event;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UdpListenerTest {
  private final Counters counters = new Counters(2, List.of());

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
    try (TestServer server = start(nativeTransport, List.of(InetAddress.getByName(address)))) {
      assertThat(ask(address, server.port(), "hello")).isEqualTo("hello");
    }
  }

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
    try (TestServer server = start(nativeTransport, List.of())) {
      for (int i = 0; i < 20; i++) {
        assertThat(ask(address, server.port(), "hello")).isEqualTo("hello");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void answersAfterAnExceptionOfTheHandler(boolean nativeTransport) throws Exception {
    try (TestServer server = start(nativeTransport, List.of(InetAddress.getLoopbackAddress()))) {
      assertThat(ask("127.0.0.1", server.port(), "!")).isEqualTo("x");
      assertThat(ask("127.0.0.1", server.port(), "hello")).isEqualTo("hello");
      assertThat(counters.sum(Event.PANICS)).isEqualTo(1);
    }
  }

  private TestServer start(boolean nativeTransport, List<InetAddress> addresses)
      throws BindFailure {
    return TestServer.start(
        TransportOptions.DEFAULTS.withLoops(2).withNativeTransport(nativeTransport),
        counters,
        new Listener(addresses, 0, _ -> new EchoHandler()));
  }

  private static String ask(String address, int port, String text) throws Exception {
    try (DatagramSocket socket = new DatagramSocket(null)) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(address), port));
      socket.setSoTimeout(2000);
      byte[] question = text.getBytes(US_ASCII);
      socket.send(new DatagramPacket(question, question.length));
      DatagramPacket answer = new DatagramPacket(new byte[65535], 65535);
      socket.receive(answer);
      return new String(Arrays.copyOf(answer.getData(), answer.getLength()), US_ASCII);
    }
  }
}
