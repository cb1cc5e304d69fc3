package io.clusterzone.dns.loop;

import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// An event loop, and the channels to upstreams that can live on it.
///
/// @param source the address and port that they are bound to; null for any
public record LoopChannels(
    EventLoop loop,
    ChannelFactory<? extends DatagramChannel> udp,
    ChannelFactory<? extends SocketChannel> tcp,
    @Nullable InetSocketAddress source) {
  public LoopChannels(
      EventLoop loop,
      ChannelFactory<? extends DatagramChannel> udp,
      ChannelFactory<? extends SocketChannel> tcp) {
    this(loop, udp, tcp, null);
  }

  /// The same with channels that are bound to this address, each to a port that the kernel draws.
  public LoopChannels from(@Nullable InetAddress address) {
    return new LoopChannels(
        loop, udp, tcp, address == null ? null : new InetSocketAddress(address, 0));
  }
}
