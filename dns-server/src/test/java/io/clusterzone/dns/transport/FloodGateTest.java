package io.clusterzone.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.query.MessageHandler;
import io.clusterzone.dns.query.ReplySink;
import io.clusterzone.dns.transport.flood.LimitedClients;
import io.clusterzone.k8s.api.Logged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A server that takes a millisecond for each query, one client that sends many times as many, and
/// another that asks now and then.
final class FloodGateTest {
  private static final long WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int BURST = 200;
  private static final String FLOODER = "127.0.0.2";
  private static final String POLITE = "127.0.0.3";

  /// Few of them fill the queue.
  private static final byte[] LARGE = new byte[4000];

  private final AtomicInteger shedOfFlooder = new AtomicInteger();
  private final Logged logged = new Logged(LimitedClients.class);
  private volatile boolean flooding = true;
  private DnsServer server;
  private Thread flood;

  @BeforeEach
  void start() throws Exception {
    var handler =
        new MessageHandler() {
          @Override
          public void handle(ByteBuffer memory, int offset, int length, ReplySink sink) {
            LockSupport.parkNanos(WORK_NANOS);
            boolean polite = sink.client().getAddress().getHostAddress().equals(POLITE);
            if (!polite && sink.behind(sink.clientAddress())) {
              shedOfFlooder.incrementAndGet();
            }
            if (polite) {
              sink.reserve(1).put(0, (byte) 0);
              sink.send(1);
            }
          }

          @Override
          public void failed(
              ByteBuffer memory, int offset, int length, ReplySink sink, Throwable cause) {}
        };
    var listener = new Listener(List.of(InetAddress.getLoopbackAddress()), 0, _ -> handler);
    server =
        DnsServer.start(
            TransportOptions.DEFAULTS.withLoops(1), new Counters(1, List.of()), List.of(listener));
    flood = Thread.ofPlatform().start(this::flood);
  }

  @AfterEach
  void stop() throws Exception {
    flooding = false;
    flood.join();
    server.stop(Duration.ofSeconds(2));
    logged.close();
  }

  private void flood() {
    try (var socket = socket(FLOODER)) {
      while (flooding) {
        for (int i = 0; i < BURST; i++) {
          socket.send(new DatagramPacket(LARGE, LARGE.length));
        }
        LockSupport.parkNanos(10 * WORK_NANOS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DatagramSocket socket(String address) throws IOException {
    var socket = new DatagramSocket(new InetSocketAddress(address, 0));
    socket.connect(server.addresses().getFirst());
    return socket;
  }

  /// How many milliseconds an answer takes; a great many if there is none.
  private long millisToAnswer(DatagramSocket socket) throws IOException {
    long begun = System.nanoTime();
    socket.setSoTimeout(1000);
    socket.send(new DatagramPacket(new byte[20], 20));
    try {
      socket.receive(new DatagramPacket(new byte[20], 20));
      return (System.nanoTime() - begun) / 1_000_000;
    } catch (SocketTimeoutException _) {
      return Long.MAX_VALUE;
    }
  }

  @Test
  void aFloodIsDroppedBeforeItFillsTheQueue() throws Exception {
    await().until(() -> server.kernelQueues().queues().droppedLimited() > 0);
    assertThat(server.kernelQueues().queues().droppedFull()).isPositive();
    try (var polite = socket(POLITE)) {
      await()
          .until(() -> {
            for (int i = 0; i < 20; i++) {
              if (millisToAnswer(polite) > 250) {
                return false;
              }
            }
            return true;
          });
    }
    await().until(() -> shedOfFlooder.get() > 0);
  }

  @Test
  void whoIsLimitedIsNamed() {
    await().until(() -> server.kernelQueues().limited().count() == 1);
    await()
        .untilAsserted(() ->
            assertThat(logged.lines())
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("who sends most is limited: " + FLOODER + ": "));
  }

  @Test
  void nobodyIsLimitedOnceTheFloodHasEnded() throws Exception {
    await().until(() -> !logged.lines().isEmpty());
    flooding = false;
    flood.join();
    long[] before = {-1};
    await()
        .pollInterval(Duration.ofMillis(100)) // as each look sends some
        .until(() -> {
          long now = server.kernelQueues().queues().droppedLimited();
          try (var flooder = socket(FLOODER)) {
            for (int i = 0; i < 50; i++) {
              flooder.send(new DatagramPacket(new byte[20], 20));
            }
          }
          boolean same = now == before[0];
          before[0] = now;
          return same;
        });
    await().until(() -> server.kernelQueues().limited().count() == 0);
    await()
        .untilAsserted(() ->
            assertThat(logged.lines().getLast()).startsWith("INFO nobody is limited over UDP any"));
  }
}
