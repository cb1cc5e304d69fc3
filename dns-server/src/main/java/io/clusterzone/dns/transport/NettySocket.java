package io.clusterzone.dns.transport;

import io.clusterzone.dns.transport.flood.KernelQueue;
import io.clusterzone.dns.transport.flood.KernelQueues;
import io.clusterzone.dns.transport.flood.KernelSocket;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// A datagram socket of Netty's as the kernel knows it. Only those that Netty reads with epoll have
/// options of the kernel's.
record NettySocket(Channel channel) implements KernelSocket {
  private static final int SOL_SOCKET = 1;

  /// Watches the queue of the socket until it is closed.
  KernelQueue watchedBy(KernelQueues queues) {
    KernelQueue queue = queues.add(this);
    channel.pipeline().addLast(new Closing(queue));
    return queue;
  }

  /// The kernel's last word about a queue is read before its socket has gone.
  private static final class Closing extends ChannelOutboundHandlerAdapter {
    private final KernelQueue queue;

    Closing(KernelQueue queue) {
      this.queue = queue;
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
      queue.close();
      var _ = context.close(promise);
    }
  }

  @Override
  public boolean isOpen() {
    return channel.isActive();
  }

  @Override
  public @Nullable ByteBuffer option(int option, int octets) {
    if (!(channel instanceof EpollDatagramChannel epoll)) {
      return null;
    }
    try {
      ByteBuffer value = epoll.config().getOption(raw(option, octets));
      return value == null || value.limit() < octets ? null : value.order(ByteOrder.nativeOrder());
    } catch (ChannelException _) {
      return null; // The socket has been closed, or the kernel has no such option.
    }
  }

  @Override
  public boolean setOption(int option, ByteBuffer value) {
    try {
      return channel instanceof EpollDatagramChannel epoll
          && epoll.config().setOption(raw(option, value.capacity()), value);
    } catch (ChannelException _) {
      return false; // Closed, or not allowed.
    }
  }

  private static RawUnixChannelOption raw(int option, int octets) {
    return new RawUnixChannelOption("SOL_SOCKET " + option, SOL_SOCKET, option, octets);
  }
}
