package io.clusterzone.dns.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The listeners of a server change while it runs.
final class ListenerChangeTest {
  private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
  private static final int LOOPS = 2;

  private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
  private final DnsServer server;

  ListenerChangeTest() throws BindFailure {
    TransportOptions options = TransportOptions.DEFAULTS.withLoops(LOOPS);
    server = DnsServer.start(options, new Counters(LOOPS, List.of()), List.of());
  }

  @AfterEach
  void stop() {
    server.stop(Duration.ofSeconds(2));
  }

  private Listener at(int port, char answer, InetAddress... addresses) {
    return new Listener(
        Arrays.asList(addresses), port, loop -> new Letter((byte) answer, loop, held));
  }

  private static String ask(String address, int port) throws IOException {
    try (UdpClient client = new UdpClient(address, port)) {
      return client.ask("?");
    }
  }

  private void answerHeld() {
    held.forEach(Runnable::run);
  }

  @Test
  void moreSocketsThanFilesMayBeOpenAreRefused() throws Exception {
    var files = new OpenFiles(40, 40 + OpenFiles.KEPT_FREE + 8);
    files.require(8);
    assertThatExceptionOfType(BindFailure.class)
        .isThrownBy(() -> files.require(9))
        .withMessageContaining("takes 9 sockets more, and of 148 files")
        .withMessageContaining("ulimit -n");
  }

  @Test
  void listenersThatStayKeepTheirConnections() throws Exception {
    int port = FreePorts.next();
    server.change(List.of(at(port, 'a', LOCAL)));
    try (UdpClient udp = new UdpClient("127.0.0.1", port);
        TcpClient tcp = new TcpClient("127.0.0.1", port)) {
      for (char letter = 'b'; letter < 'f'; letter++) {
        server.change(List.of(at(port, letter, LOCAL)));
        assertThat(udp.ask("?")).isEqualTo(Character.toString(letter));
        assertThat(tcp.ask("?")).isEqualTo(Character.toString(letter));
      }
    }
  }

  @Test
  void aQueryThatWaitsIsAnsweredByTheHandlerThatTookIt() throws Exception {
    int port = FreePorts.next();
    server.change(List.of(at(port, 'a', LOCAL)));
    try (UdpClient udp = new UdpClient("127.0.0.1", port);
        TcpClient tcp = new TcpClient("127.0.0.1", port)) {
      udp.send("-");
      tcp.send("-");
      await().until(() -> held.size() == 2);
      server.change(List.of(at(port, 'b', LOCAL)));
      assertThat(tcp.ask("?")).isEqualTo("b");
      answerHeld();
      assertThat(tcp.receive()).isEqualTo("a");
      assertThat(List.of(udp.ask("?"), new String(udp.receive(), ISO_8859_1)))
          .containsExactlyInAnyOrder("a", "b");
    }
  }

  private static void awaitFree(List<InetAddress> addresses, int port) {
    await()
        .ignoreException(BindFailure.class)
        .untilAsserted(() -> PortProbe.requireFree(addresses, port));
  }

  @Test
  void aListenerThatGoesAnswersWhatWaits() throws Exception {
    int port = FreePorts.next();
    server.change(List.of(at(port, 'a', LOCAL)));
    try (UdpClient udp = new UdpClient("127.0.0.1", port);
        TcpClient tcp = new TcpClient("127.0.0.1", port)) {
      udp.send("-");
      tcp.send("-");
      await().until(() -> held.size() == 2);
      server.change(List.of());
      assertThat(server.addresses()).isEmpty();
      answerHeld();
      assertThat(udp.receive()).asString().isEqualTo("a");
      assertThat(tcp.receive()).isEqualTo("a");
      assertThat(tcp.isClosedByServer()).isTrue();
      awaitFree(List.of(LOCAL), port);
    }
  }

  @Test
  void listenersComeAndGo() throws Exception {
    int first = FreePorts.next();
    server.change(List.of(at(first, 'a')));
    int second = FreePorts.next();
    server.change(List.of(at(first, 'b'), at(second, 'c')));
    assertThat(ask("127.0.0.1", first)).isEqualTo("b");
    assertThat(ask("127.0.0.1", second)).isEqualTo("c");
    server.change(List.of(at(second, 'd')));
    assertThat(ask("127.0.0.1", second)).isEqualTo("d");
    awaitFree(Addresses.wildcards(), first);
  }

  @Test
  void nothingChangesIfAnAddressIsTaken() throws Exception {
    int port = FreePorts.next();
    int free = FreePorts.next();
    server.change(List.of(at(port, 'a', LOCAL)));
    try (ServerSocket other = new ServerSocket(FreePorts.next(), 1, LOCAL)) {
      int taken = other.getLocalPort();
      List<Listener> next =
          List.of(at(port, 'b', LOCAL), at(free, 'b', LOCAL), at(taken, 'b', LOCAL));
      assertThatExceptionOfType(BindFailure.class)
          .isThrownBy(() -> server.change(next))
          .withMessageStartingWith("cannot listen on 127.0.0.1:" + taken);
    }
    assertThat(ask("127.0.0.1", port)).isEqualTo("a");
    assertThat(server.addresses()).hasSize(1);
    PortProbe.requireFree(List.of(LOCAL), free);
  }

  @Test
  void anAddressMovesBetweenTheWildcardAndAListenerOfItsOwn() throws Exception {
    int port = FreePorts.next();
    server.change(List.of(at(port, '*')));
    assertThat(ask("127.0.0.1", port)).isEqualTo("*");
    server.change(List.of(at(port, '*'), at(port, '1', LOCAL)));
    awaitAnswer("127.0.0.1", port, "1");
    awaitAnswer("127.0.0.2", port, "*");
    server.change(List.of(at(port, '#')));
    awaitAnswer("127.0.0.1", port, "#");
    server.change(List.of(at(port, '2', LOCAL)));
    awaitAnswer("127.0.0.1", port, "2");
  }

  /// Sockets that go still answer for a moment, with what they answered before.
  private static void awaitAnswer(String address, int port, String answer) {
    await()
        .untilAsserted(() -> {
          for (int i = 0; i < 20; i++) {
            assertThat(ask(address, port)).isEqualTo(answer);
          }
        });
  }

  @Test
  void losesNoQueryWhileHandlersChangeAndPortsComeAndGo() throws Exception {
    int port = FreePorts.next();
    int other = FreePorts.next();
    server.change(List.of(at(port, 'a', LOCAL)));
    try (Load load = Load.start(port)) {
      for (int i = 0; i < 100; i++) {
        char letter = i % 2 == 0 ? 'b' : 'a';
        server.change(
            i % 3 == 0
                ? List.of(at(port, letter, LOCAL), at(other, 'x', LOCAL))
                : List.of(at(port, letter, LOCAL)));
        assertThat(ask("127.0.0.1", port)).isEqualTo(Character.toString(letter));
      }
      load.finish();
    }
  }

  /// Both have sockets of the same address for a while, among which the kernel spreads the clients.
  @Test
  void losesNoDatagramWhileAnAddressMovesBetweenTheWildcardAndAListenerOfItsOwn() throws Exception {
    int port = FreePorts.next();
    server.change(List.of(at(port, '*')));
    try (OpenLoad load = OpenLoad.start(LOCAL, port)) {
      for (int i = 1; i <= 20; i++) {
        int sent = load.sent();
        await().until(() -> load.sent() > sent + 300);
        server.change(
            switch (i % 3) {
              case 0 -> List.of(at(port, '*'));
              case 1 -> List.of(at(port, '1', LOCAL));
              default -> List.of(at(port, '*'), at(port, '1', LOCAL));
            });
      }
      assertThat(load.lost()).as("of %d", load.sent()).isZero();
    }
  }

  /// Clients that ask one query after the other, two over UDP and two over one connection each.
  private static final class Load implements AutoCloseable {
    private final ExecutorService clients = Executors.newFixedThreadPool(4);
    private final List<Future<Integer>> running = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();

    static Load start(int port) {
      var load = new Load();
      for (int i = 0; i < 2; i++) {
        load.running.add(
            load.clients.submit(() -> {
              try (UdpClient client = new UdpClient("127.0.0.1", port)) {
                return load.ask(() -> client.ask("?"));
              }
            }));
        load.running.add(
            load.clients.submit(() -> {
              try (TcpClient client = new TcpClient("127.0.0.1", port)) {
                return load.ask(() -> client.ask("?"));
              }
            }));
      }
      return load;
    }

    private int ask(Callable<String> question) throws Exception {
      int asked = 0;
      while (!stopped.get()) {
        assertThat(question.call()).isIn("a", "b");
        asked++;
      }
      return asked;
    }

    void finish() throws Exception {
      stopped.set(true);
      for (Future<Integer> client : running) {
        assertThat(client.get()).isGreaterThan(100);
      }
    }

    @Override
    public void close() {
      stopped.set(true);
      clients.shutdownNow();
    }
  }

  /// Answers with its letter; a message `-` once the test runs what is held.
  private record Letter(byte letter, LoopContext loop, Queue<Runnable> held)
      implements MessageHandler {
    @Override
    public void handle(ByteBuffer memory, int offset, int length, ReplySink sink) {
      if (memory.get(offset) == '-') {
        ReplySink later = sink.later();
        held.add(() -> loop.channels().loop().execute(() -> answer(later)));
      } else {
        answer(sink);
      }
    }

    private void answer(ReplySink sink) {
      ByteBuffer out = sink.reserve(1);
      out.put(out.position(), letter);
      sink.send(1);
    }

    @Override
    public void failed(ByteBuffer memory, int at, int length, ReplySink sink, Throwable cause) {
      throw new AssertionError(cause);
    }
  }

  /// An address that is tentative, or whose interface is not there yet, as the kernel tells of it.
  private static DnsServer server(Set<String> missing, Listener... listeners) throws BindFailure {
    TransportOptions defaults = TransportOptions.DEFAULTS.withLoops(LOOPS);
    var often =
        new TransportOptions(
            LOOPS, defaults.nativeTransport(), defaults.streams(), Duration.ofMillis(5));
    return DnsServer.start(
        often,
        new Counters(LOOPS, List.of()),
        List.of(listeners),
        address -> {
          if (missing.contains(address.getHostString())) {
            var cause = new BindException("Cannot assign requested address");
            throw new BindFailure(Protocol.UDP, address, cause);
          }
        });
  }

  @Test
  void anAddressThatComesLaterIsServedThenAndTheOthersMeanwhile() throws Exception {
    int port = FreePorts.next();
    InetAddress late = InetAddress.ofLiteral("127.0.0.2");
    Set<String> missing = ConcurrentHashMap.newKeySet();
    missing.add("127.0.0.2");
    DnsServer waiting = server(missing, at(port, 'a', LOCAL), at(port, 'b', late));
    try {
      assertThat(ask("127.0.0.1", port)).isEqualTo("a");
      assertThat(waiting.addresses()).hasSize(1);
      waiting.change(List.of(at(port, 'c', LOCAL), at(port, 'd', late)));
      assertThat(ask("127.0.0.1", port)).isEqualTo("c");
      missing.clear();
      await().untilAsserted(() -> assertThat(waiting.addresses()).hasSize(2));
      assertThat(ask("127.0.0.2", port)).isEqualTo("d");
      assertThat(ask("127.0.0.1", port)).isEqualTo("c");
    } finally {
      waiting.stop(Duration.ofSeconds(2));
    }
  }

  @Test
  void aChangeOfWhichNoAddressCanBeUsedChangesNothing() throws Exception {
    int port = FreePorts.next();
    Set<String> missing = Set.of("127.0.0.2");
    DnsServer waiting = server(missing, at(port, 'a', LOCAL));
    try {
      assertThatExceptionOfType(BindFailure.class)
          .isThrownBy(
              () -> waiting.change(List.of(at(port, 'b', InetAddress.ofLiteral("127.0.0.2")))))
          .returns(true, BindFailure::isMissingAddress);
      assertThat(ask("127.0.0.1", port)).isEqualTo("a");
    } finally {
      waiting.stop(Duration.ofSeconds(2));
    }
  }
}
