package io.clusterzone.dns.transport.flood;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The queue in which the kernel keeps the datagrams that one UDP socket has not read yet, and the
/// filter in front of it. Safe on any thread, except where said.
public final class KernelQueue extends ChannelOutboundHandlerAdapter {
  private static final int SO_MEMINFO = 55;
  private static final int MEMORY_INFO_OCTETS = 9 * Integer.BYTES;
  private static final int SOL_SOCKET = 1;
  private static final RawUnixChannelOption MEMORY_INFO =
      new RawUnixChannelOption("SO_MEMINFO", SOL_SOCKET, SO_MEMINFO, MEMORY_INFO_OCTETS);

  private static final int QUEUED_OCTETS = 0;
  private static final int DROPPED = 8 * Integer.BYTES;

  private final KernelQueues all;
  private final Channel channel;
  private volatile boolean closed;
  private boolean filtered;
  private int droppedBefore;
  private long dropped;

  KernelQueue(KernelQueues all, Channel channel) {
    this.all = all;
    this.channel = channel;
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    dropped();
    closed = true;
    all.remove(this);
    var _ = context.close(promise);
  }

  /// Datagrams dropped so far, for want of room or by a filter. The kernel counts them together, in
  /// 32 bits, and begins again at 0.
  synchronized long dropped() {
    ByteBuffer now = read();
    if (now != null) {
      int droppedNow = now.getInt(DROPPED);
      long more = Integer.toUnsignedLong(droppedNow - droppedBefore);
      LongAdder account = filtered ? all.limited() : all.full();
      account.add(more);
      dropped += more;
      droppedBefore = droppedNow;
    }
    return dropped;
  }

  long queuedOctets() {
    ByteBuffer now = read();
    return now == null ? 0 : Integer.toUnsignedLong(now.getInt(QUEUED_OCTETS));
  }

  boolean isClosed() {
    return closed;
  }

  /// Lets a filter drop datagrams before they are queued, in place of the one before; where the
  /// kernel does not take it, everything is queued. On the loop.
  synchronized void filter(SocketFilter filter) {
    dropped();
    filtered = filter.attach(channel) || (filtered && attachAlone(filter));
  }

  /// Until it is attached, the kernel counts the one before with it, which may be more than it
  /// allows a socket.
  private boolean attachAlone(SocketFilter filter) {
    SocketFilter.detach(channel);
    return filter.attach(channel);
  }

  /// Lets everything be queued. On the loop.
  synchronized void removeFilter() {
    dropped();
    if (filtered) {
      SocketFilter.detach(channel);
      filtered = false;
    }
  }

  /// What is read of a socket that closes meanwhile may be another's: it does not count.
  private @Nullable ByteBuffer read() {
    ByteBuffer now = memoryInfo(channel);
    return channel.isActive() ? now : null;
  }

  /// The kernel's account of a socket's memory in its own byte order; null where it gives none.
  private static @Nullable ByteBuffer memoryInfo(Channel channel) {
    if (!(channel instanceof EpollDatagramChannel epoll)) {
      return null;
    }
    try {
      ByteBuffer info = epoll.config().getOption(MEMORY_INFO);
      return info == null || info.limit() < MEMORY_INFO_OCTETS
          ? null
          : info.order(ByteOrder.nativeOrder());
    } catch (ChannelException _) {
      return null; // The socket has been closed, or the kernel has no such option.
    }
  }
}
