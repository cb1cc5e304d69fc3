package io.clusterzone.dns.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/// A UDP socket that sends many queries in one system call, and takes no replies. The kernel takes
/// the call apart into datagrams (`UDP_SEGMENT`, since Linux 4.18): over loopback that is ten times
/// what a call for each can send. Confined to its event loop.
final class SegmentedSender {
  /// Queries in one call: as many as any of these kernels takes.
  static final int AT_ONCE = 64;

  private final InetSocketAddress server;
  private final Channel channel;
  private short id;

  SegmentedSender(EventLoop loop, InetAddress from, InetSocketAddress server) throws IOException {
    this.server = server;
    channel = new EpollDatagramChannel();
    channel.config().setOption(ChannelOption.SO_RCVBUF, 1);
    channel.config().setAutoRead(false);
    var _ = done(loop.register(channel));
    var _ = done(channel.bind(new InetSocketAddress(from, 0)));
  }

  /// Sends [#AT_ONCE] queries.
  ///
  /// @param queries all of the same length
  void send(Supplier<Query> queries) throws IOException {
    byte[] message = queries.get().message();
    int octets = message.length;
    ByteBuf all = channel.alloc().directBuffer(AT_ONCE * octets);
    for (int i = 0; i < AT_ONCE; i++) {
      all.writeShort(id++).writeBytes(message, Short.BYTES, octets - Short.BYTES);
      message = queries.get().message();
    }
    var _ = done(channel.writeAndFlush(new SegmentedDatagramPacket(all, octets, server)));
  }

  /// On the event loop all is done at once, or has failed.
  private static ChannelFuture done(ChannelFuture future) throws IOException {
    if (!future.isSuccess()) {
      throw new IOException(future.cause());
    }
    return future;
  }
}
