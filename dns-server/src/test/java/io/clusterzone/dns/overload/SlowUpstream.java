package io.clusterzone.dns.overload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// An upstream that answers every query after the same time with one address, or never. A thread of
/// its own.
final class SlowUpstream implements AutoCloseable {
  private static final byte[] ADDRESS = {
    (byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, (byte) 192, 0, 2, 1
  };

  private record Waiting(ByteBuffer reply, SocketAddress client, long dueNanos) {}

  private final DatagramChannel channel;
  private final long delayNanos;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private final AtomicLong received = new AtomicLong();

  /// @param delayMillis negative: never answers
  SlowUpstream(int delayMillis) throws IOException {
    delayNanos = TimeUnit.MILLISECONDS.toNanos(delayMillis);
    channel = DatagramChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
    channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    channel.configureBlocking(false);
    Thread.ofPlatform().daemon().name("upstream").start(this::run);
  }

  int port() {
    try {
      return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long received() {
    return received.get();
  }

  private void run() {
    ByteBuffer in = ByteBuffer.allocateDirect(2048);
    try {
      while (channel.isOpen()) {
        boolean idle = true;
        for (SocketAddress client = channel.receive(in.clear());
            client != null;
            client = channel.receive(in.clear())) {
          idle = false;
          received.incrementAndGet();
          if (delayNanos >= 0) {
            waiting.add(new Waiting(reply(in.flip()), client, System.nanoTime() + delayNanos));
          }
        }
        while (!waiting.isEmpty() && waiting.element().dueNanos() - System.nanoTime() <= 0) {
          Waiting due = waiting.remove();
          channel.send(due.reply(), due.client());
        }
        if (idle) {
          LockSupport.parkNanos(200_000);
        }
      }
    } catch (IOException e) {
      if (channel.isOpen()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// The question, and the address in place of the OPT record.
  private static ByteBuffer reply(ByteBuffer query) {
    int end = 12;
    while (query.get(end) != 0) {
      end += query.get(end) + 1;
    }
    end += 5;
    ByteBuffer reply = ByteBuffer.allocate(end + ADDRESS.length);
    reply.put(0, query, 0, end).put(end, ADDRESS);
    reply.putShort(2, (short) 0x8180).putShort(6, (short) 1).putShort(10, (short) 0);
    return reply;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
