package io.clusterzone.dns.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The queues in which the kernel keeps the datagrams that the UDP sockets have not read yet. They
/// are where queries wait when there are more than can be answered, and what does not fit is
/// dropped there. Safe on any thread.
///
/// Linux tells of a socket's queue by the option SO_MEMINFO (since 4.12); elsewhere nothing is
/// known.
final class KernelQueues {
  private static final int QUEUED_OCTETS = 0;
  private static final int DROPPED = 8 * Integer.BYTES;

  private final Set<Queue> open = ConcurrentHashMap.newKeySet();
  private final LongAdder dropped = new LongAdder();

  /// Watches the queue of a socket until it is closed.
  void add(Channel channel) {
    Queue queue = new Queue(channel);
    open.add(queue);
    channel.pipeline().addLast(queue);
  }

  /// Datagrams dropped because a queue was full, by sockets that have gone as well.
  long dropped() {
    open.forEach(Queue::update);
    return dropped.sum();
  }

  /// Octets of memory in use by the queues now; each datagram takes more than its length.
  long queuedOctets() {
    long sum = 0;
    for (Queue queue : open) {
      ByteBuffer now = queue.read();
      sum += now == null ? 0 : Integer.toUnsignedLong(now.getInt(QUEUED_OCTETS));
    }
    return sum;
  }

  private final class Queue extends ChannelOutboundHandlerAdapter {
    private final Channel channel;
    private int droppedBefore;

    Queue(Channel channel) {
      this.channel = channel;
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
      update();
      open.remove(this);
      var _ = context.close(promise);
    }

    /// The kernel counts in 32 bits and begins again at 0.
    synchronized void update() {
      ByteBuffer now = read();
      if (now != null) {
        int droppedNow = now.getInt(DROPPED);
        dropped.add(Integer.toUnsignedLong(droppedNow - droppedBefore));
        droppedBefore = droppedNow;
      }
    }

    /// What is read of a socket that closes meanwhile may be another's: it does not count.
    @Nullable ByteBuffer read() {
      ByteBuffer now = Sockets.memoryInfo(channel);
      return channel.isActive() ? now : null;
    }
  }
}
