package io.clusterzone.dns.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.Event;
import io.clusterzone.dns.query.MessageHandler;
import io.clusterzone.dns.query.ReplySink;
import io.clusterzone.dns.transport.flood.LoopPace;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The signs of an event loop that gets more than it can do. It stands still until a test lets it
/// go on.
final class OverloadedLoopTest {
  /// With these a full queue is a matter of hundreds of datagrams, on any kernel.
  private static final byte[] LARGE = new byte[32_000];

  private static final int MANY = 2000;

  private final CountDownLatch goOn = new CountDownLatch(1);
  private final Counters counters = new Counters(1, List.of());
  private final AtomicInteger behind = new AtomicInteger();
  private final AtomicInteger keepingUp = new AtomicInteger();
  private volatile long workNanos;
  private final DnsServer server;

  OverloadedLoopTest() throws Exception {
    server = DnsServer.start(TransportOptions.DEFAULTS.withLoops(1), counters, List.of(listener()));
  }

  private Listener listener() {
    var handler =
        new MessageHandler() {
          @Override
          public void handle(ByteBuffer memory, int offset, int length, ReplySink sink) {
            try {
              goOn.await();
              LockSupport.parkNanos(workNanos);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            (sink.behind(sink.clientAddress()) ? behind : keepingUp).incrementAndGet();
          }

          @Override
          public void failed(
              ByteBuffer memory, int offset, int length, ReplySink sink, Throwable cause) {}
        };
    return new Listener(List.of(InetAddress.getLoopbackAddress()), 0, _ -> handler);
  }

  @AfterEach
  void stop() {
    goOn.countDown();
    server.stop(Duration.ofSeconds(2));
  }

  private void flood() throws Exception {
    flood(MANY);
  }

  private void flood(int datagrams) throws Exception {
    try (UdpClient client = new UdpClient("127.0.0.1", server.addresses().getFirst().getPort())) {
      for (int i = 0; i < datagrams; i++) {
        client.send(LARGE);
      }
    }
  }

  @Test
  void countsWhatTheKernelDropped() throws Exception {
    assertThat(server.kernelQueues().queues().droppedFull()).isZero();
    flood();
    assertThat(server.kernelQueues().queues().droppedFull()).isBetween(1L, (long) MANY);
    assertThat(server.kernelQueues().queues().queuedOctets()).isGreaterThan(LARGE.length);

    goOn.countDown();
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(
                    counters.sum(Event.UDP_RECEIVED) + server.kernelQueues().queues().droppedFull())
                .isEqualTo(MANY));
    assertThat(server.kernelQueues().queues().queuedOctets()).isZero();
  }

  @Test
  void isBehindUntilItHasReadAllThatWaited() throws Exception {
    workNanos = LoopPace.MOST_AT_ONCE_NANOS;
    flood();
    goOn.countDown();
    Awaitility.await().until(() -> server.kernelQueues().queues().queuedOctets() == 0);
    assertThat(behind.get()).isPositive();

    Awaitility.await()
        .until(() -> {
          flood(1);
          return keepingUp.get() > 0;
        });
  }

  @Test
  void remembersWhatSocketsCountedThatHaveGone() throws Exception {
    flood();
    goOn.countDown();
    server.change(List.of());
    Awaitility.await()
        .untilAsserted(() ->
            assertThat(
                    counters.sum(Event.UDP_RECEIVED) + server.kernelQueues().queues().droppedFull())
                .isEqualTo(MANY));
    assertThat(server.kernelQueues().queues().droppedFull()).isPositive();
  }
}
