package io.clusterzone.dns.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Clients that send datagrams at their pace, whether they are answered or not: a loop that waits
/// for answers would slow down where answers are lost.
final class OpenLoad implements AutoCloseable {
  /// Flows, which the kernel spreads over sockets that share a port.
  private static final int CLIENTS = 64;

  private static final long PACE_NANOS = 200_000;

  private final List<DatagramChannel> clients = new ArrayList<>();
  private final ByteBuffer memory = ByteBuffer.allocate(512);
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile boolean stopped;
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();

  static OpenLoad start(InetAddress address, int port) throws IOException {
    var load = new OpenLoad();
    for (int i = 0; i < CLIENTS; i++) {
      DatagramChannel client = DatagramChannel.open();
      client.configureBlocking(false);
      client.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      load.clients.add(client);
    }
    var server = new InetSocketAddress(address, port);
    Thread.ofPlatform().name("open-load").start(() -> load.run(server));
    return load;
  }

  private void run(InetSocketAddress server) {
    try {
      for (int i = 0; !stopped; i++) {
        DatagramChannel client = clients.get(i % CLIENTS);
        sent.addAndGet(client.send(ByteBuffer.wrap(new byte[] {'?'}), server));
        receive(client);
        LockSupport.parkNanos(PACE_NANOS);
      }
      ended.complete(null);
    } catch (IOException e) {
      ended.completeExceptionally(e);
    }
  }

  private void receive(DatagramChannel client) throws IOException {
    while (client.receive(memory.clear()) != null) {
      answered.incrementAndGet();
    }
  }

  int sent() {
    return sent.get();
  }

  /// Sends no more, and returns how many datagrams have no answer, once none comes any more.
  int lost() throws IOException {
    stopped = true;
    ended.join();
    int before;
    do {
      before = answered.get();
      LockSupport.parkNanos(200_000_000);
      for (DatagramChannel client : clients) {
        receive(client);
      }
    } while (answered.get() > before);
    return sent.get() - answered.get();
  }

  @Override
  public void close() throws IOException {
    stopped = true;
    ended.handle((_, _) -> null).join();
    for (DatagramChannel client : clients) {
      client.close();
    }
  }
}
