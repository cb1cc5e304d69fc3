package io.clusterzone.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.ops.Event;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Thousands of TCP connections on which nothing is sent: so many are kept and no more, none for
/// long, and those who ask are answered. RFC 7766 section 6.2.2 has the server bound them, section
/// 6.2.3 their idle time.
final class IdleConnectionsTest {
  private static final int TRIED = 3000;
  private static final StreamLimits LIMITS = new StreamLimits(1000, 1000, 128);
  private static final List<InetAddress> LOCAL = List.of(InetAddress.getLoopbackAddress());

  private static TransportOptions options(boolean nativeTransport) {
    return TestServer.ONE_LOOP.withNativeTransport(nativeTransport).withStreams(LIMITS);
  }

  private static List<SocketChannel> connect(TestServer server, int count) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    List<SocketChannel> channels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      channels.add(SocketChannel.open(address));
    }
    return channels;
  }

  private static void close(List<SocketChannel> channels) throws IOException {
    for (SocketChannel channel : channels) {
      channel.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void soManyAreKeptAndDatagramsAnswered(boolean nativeTransport) throws Exception {
    Duration never = Duration.ofHours(1);
    var patient = new StreamTimes(never, never, never);
    try (TestServer server = TestServer.start(options(nativeTransport), patient, LOCAL);
        UdpClient udp = server.udp();
        TcpClient tcp = server.tcp()) {
      assertThat(tcp.ask("before")).isEqualTo("before");
      List<SocketChannel> idle = connect(server, TRIED);
      try {
        await()
            .until(() ->
                server.count(Event.TCP_ACCEPTED) + server.count(Event.TCP_REFUSED) == TRIED + 1);
        assertThat(server.count(Event.TCP_ACCEPTED)).isEqualTo(LIMITS.connections());
        assertThat(server.counters().openConnections()).isEqualTo(LIMITS.connections());
        for (int i = 0; i < 500; i++) {
          assertThat(udp.ask("q" + i)).isEqualTo("q" + i);
        }
        assertThat(server.count(Event.UDP_SENT)).isEqualTo(500);
        assertThat(tcp.ask("after")).isEqualTo("after");
      } finally {
        close(idle);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noneStaysForLong(boolean nativeTransport) throws Exception {
    Duration soon = Duration.ofMillis(300);
    var hasty = new StreamTimes(soon, soon, soon);
    try (TestServer server = TestServer.start(options(nativeTransport), hasty, LOCAL)) {
      List<SocketChannel> idle = connect(server, LIMITS.connections());
      try {
        await()
            .until(() ->
                server.count(Event.TCP_CLOSED_SILENT) + server.count(Event.TCP_REFUSED)
                    == LIMITS.connections());
        await().until(() -> server.counters().openConnections() == 0);
        // On a slow machine its time may be over before it has sent.
        await().ignoreExceptions().until(() -> answers(server));
      } finally {
        close(idle);
      }
    }
  }

  private static boolean answers(TestServer server) throws Exception {
    try (TcpClient tcp = server.tcp()) {
      return tcp.ask("hello").equals("hello");
    }
  }
}
