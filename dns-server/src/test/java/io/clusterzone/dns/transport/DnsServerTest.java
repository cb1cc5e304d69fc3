package io.clusterzone.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.Protocol;
import io.clusterzone.dns.query.MessageHandler;
import io.clusterzone.dns.query.ReplySink;
import io.clusterzone.k8s.api.FreePorts;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DnsServerTest {
  private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();

  private static DnsServer start(Listener... listeners) throws BindFailure {
    TransportOptions options = TransportOptions.DEFAULTS.withLoops(2);
    return DnsServer.start(options, new Counters(2, List.of()), Arrays.asList(listeners));
  }

  private static Listener at(int port, InetAddress... addresses) {
    return new Listener(Arrays.asList(addresses), port, _ -> new ScriptedHandler());
  }

  @Test
  void saysThatAnotherProgramHasTheDatagramPort() throws Exception {
    try (DatagramSocket other = new DatagramSocket(FreePorts.next(), LOCAL)) {
      int port = other.getLocalPort();
      assertThatExceptionOfType(BindFailure.class)
          .isThrownBy(() -> start(at(port, LOCAL)))
          .withMessageStartingWith("cannot listen on 127.0.0.1:" + port + " over udp: another")
          .withMessageContaining("ss -lnpu sport = :" + port);
    }
  }

  @Test
  void saysThatAnotherProgramHasTheStreamPort() throws Exception {
    try (ServerSocket other = new ServerSocket(FreePorts.next(), 1, LOCAL)) {
      int port = other.getLocalPort();
      assertThatExceptionOfType(BindFailure.class)
          .isThrownBy(() -> start(at(port, LOCAL)))
          .withMessageStartingWith("cannot listen on 127.0.0.1:" + port + " over tcp: another");
    }
  }

  /// Both would use SO_REUSEPORT, and share the queries.
  @Test
  void doesNotShareAPortWithAServerOfItsOwnKind() throws Exception {
    DnsServer first = start(at(0, LOCAL));
    try {
      int port = first.addresses().getFirst().getPort();
      assertThatExceptionOfType(BindFailure.class).isThrownBy(() -> start(at(port, LOCAL)));
    } finally {
      first.stop(Duration.ofSeconds(1));
    }
  }

  @Test
  void saysThatTheHostHasNoSuchAddress() throws Exception {
    InetAddress documentation = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
    assertThatExceptionOfType(BindFailure.class)
        .isThrownBy(() -> start(at(5353, documentation)))
        .withMessageStartingWith("cannot listen on 192.0.2.1:5353 over udp: this host has no such");
  }

  @Test
  void saysThatLowPortsNeedPermission() {
    assertThat(
            new BindFailure(
                Protocol.UDP,
                new InetSocketAddress(LOCAL, 53),
                new BindException("Permission denied")))
        .hasMessageStartingWith("cannot listen on 127.0.0.1:53 over udp: no permission for a port")
        .hasMessageContaining("NET_BIND_SERVICE");
  }

  @Test
  void opensEverythingOrNothing() throws Exception {
    int free = FreePorts.next();
    try (ServerSocket other = new ServerSocket(FreePorts.next(), 1, LOCAL)) {
      int taken = other.getLocalPort();
      assertThatExceptionOfType(BindFailure.class)
          .isThrownBy(() -> start(at(free, LOCAL), at(taken, LOCAL)));
      PortProbe.requireFree(List.of(LOCAL), free);
    }
  }

  @Test
  void portsAreFreeAfterAStop() throws Exception {
    DnsServer server = start(at(0));
    int port = server.addresses().getFirst().getPort();
    server.stop(Duration.ofSeconds(2));
    PortProbe.requireFree(Addresses.wildcards(), port);
  }

  @Test
  void aListenerOfOneAddressTakesItFromTheWildcard() throws Exception {
    int port = FreePorts.next();
    Listener one = new Listener(List.of(LOCAL), port, _ -> new Constant((byte) '1'));
    Listener all = new Listener(List.of(), port, _ -> new Constant((byte) '*'));
    DnsServer server = start(all, one);
    try {
      for (int i = 0; i < 20; i++) {
        assertThat(ask("127.0.0.1", port)).isEqualTo("1");
        assertThat(ask("127.0.0.2", port)).isEqualTo("*");
      }
      try (TcpClient client = new TcpClient("127.0.0.1", port)) {
        assertThat(client.ask("?")).isEqualTo("1");
      }
    } finally {
      server.stop(Duration.ofSeconds(1));
    }
  }

  private static String ask(String address, int port) throws IOException {
    try (UdpClient client = new UdpClient(address, port)) {
      return client.ask("?");
    }
  }

  private record Constant(byte octet) implements MessageHandler {
    @Override
    public void handle(ByteBuffer memory, int offset, int length, ReplySink sink) {
      ByteBuffer out = sink.reserve(1);
      out.put(out.position(), octet);
      sink.send(1);
    }

    @Override
    public void failed(ByteBuffer memory, int at, int length, ReplySink sink, Throwable cause) {
      throw new AssertionError(cause);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStopWaitsForWhatIsInFlight(boolean nativeTransport) throws Exception {
    TestServer server =
        TestServer.startLocal(TestServer.ONE_LOOP.withNativeTransport(nativeTransport));
    try (UdpClient udp = server.udp();
        TcpClient tcp = server.tcp()) {
      tcp.send("-tcp", "now");
      assertThat(tcp.receive()).isEqualTo("now");
      udp.send("-udp");
      Thread stop = Thread.ofPlatform().start(() -> server.server().stop(Duration.ofSeconds(30)));
      await().until(() -> !accepts(server.port()));
      assertThat(udp.ask("+")).isEqualTo("-udp");
      assertThat(tcp.receive()).isEqualTo("-tcp");
      assertThat(tcp.isClosedByServer()).isTrue();
      stop.join(10_000);
      assertThat(stop.isAlive()).isFalse();
    }
  }

  private static boolean accepts(int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, LOCAL)) {
      return !probe.isBound();
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void aStopGivesUpAfterItsPatience() throws Exception {
    TestServer server = TestServer.startLocal(TestServer.ONE_LOOP);
    try (TcpClient tcp = server.tcp()) {
      tcp.send("-never", "now");
      assertThat(tcp.receive()).isEqualTo("now");
      server.server().stop(Duration.ofMillis(200));
      assertThat(tcp.isClosedByServer()).isTrue();
    }
  }
}
