package io.clusterzone.dns.transport;

import io.clusterzone.dns.ops.Protocol;
import io.clusterzone.dns.transport.flood.KernelQueues;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/// Opens the sockets of a listener and collects them. Called on the event loop that a socket is
/// for, where registering and binding are done on return.
final class Binder {
  /// Octets of the kernel's queues of one UDP socket; it may grant less.
  private static final int UDP_SOCKET_BUFFER = 1 << 20;

  /// Octets of replies that wait for a UDP socket to take more; past them replies are dropped.
  private static final WriteBufferWaterMark UDP_UNSENT = new WriteBufferWaterMark(1 << 18, 1 << 19);

  /// Octets of replies that wait for a TCP client to read; past them its queries are not read.
  private static final WriteBufferWaterMark TCP_UNSENT = new WriteBufferWaterMark(1 << 14, 1 << 15);

  /// Octets that a turn of the event loop reads from one TCP connection, some dozens of queries: a
  /// client that fills hundreds of connections does not keep others waiting.
  private static final int TCP_TURN = 1024;

  private static final int TCP_BACKLOG = 1024;

  private final Sockets sockets;
  private final boolean reusePort;
  private final ChannelGroup channels;
  private final KernelQueues queues;

  Binder(Sockets sockets, boolean reusePort, ChannelGroup channels, KernelQueues queues) {
    this.sockets = sockets;
    this.reusePort = reusePort;
    this.channels = channels;
    this.queues = queues;
  }

  Channel udp(Loop loop, Edge edge, InetSocketAddress address) throws BindFailure {
    SocketProtocolFamily family = Addresses.family(address.getAddress());
    DatagramChannel channel = made(address, () -> sockets.datagramChannel(family));
    return udp(loop, edge, address, channel, Outlets.SAME);
  }

  /// Opens a wildcard socket of the loop together with the sockets it answers through.
  Channel wildcardUdp(Loop loop, Edge edge, InetSocketAddress address, LocalAddresses addresses)
      throws BindFailure {
    SocketProtocolFamily family = Addresses.family(address.getAddress());
    WildcardOutlets outlets =
        new WildcardOutlets(
            addresses, loop, (InetAddress local) -> udp(loop, edge, withHost(address, local)));
    DatagramChannel made = made(address, () -> sockets.wildcardDatagramChannel(family));
    Channel channel = udp(loop, edge, address, made, outlets);
    addresses.attach(outlets);
    return channel;
  }

  private static DatagramChannel made(InetSocketAddress address, Supplier<DatagramChannel> socket)
      throws BindFailure {
    try {
      return socket.get();
    } catch (ChannelException e) {
      throw new BindFailure(Protocol.UDP, address, e);
    }
  }

  private static InetSocketAddress withHost(InetSocketAddress address, InetAddress host) {
    return new InetSocketAddress(host, address.getPort());
  }

  private Channel udp(
      Loop loop, Edge edge, InetSocketAddress address, DatagramChannel channel, Outlets outlets)
      throws BindFailure {
    if (reusePort) {
      channel.config().setOption(sockets.reusePort(), true);
    }
    channel.config().setOption(ChannelOption.SO_RCVBUF, UDP_SOCKET_BUFFER);
    channel.config().setOption(ChannelOption.SO_SNDBUF, UDP_SOCKET_BUFFER);
    channel.config().setWriteBufferWaterMark(UDP_UNSENT);
    loop.gate().add(new NettySocket(channel).watchedBy(queues));
    channel.pipeline().addLast(new UdpListener(edge, outlets, channel));
    ChannelFuture done = loop.events().register(channel);
    if (done.isSuccess()) {
      done = channel.bind(address);
    }
    return opened(Protocol.UDP, address, done);
  }

  Channel tcp(Loop loop, StreamAcceptor acceptor, InetSocketAddress address) throws BindFailure {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop.events())
            .channelFactory(() -> sockets.serverChannel(Addresses.family(address.getAddress())))
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, TCP_BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, TCP_UNSENT)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new FixedRecvByteBufAllocator(TCP_TURN).maxMessagesPerRead(1))
            .childHandler(acceptor);
    if (reusePort) {
      bootstrap.option(sockets.reusePort(), true);
    }
    ChannelFuture done = bootstrap.register();
    if (done.isSuccess()) {
      done = done.channel().bind(address);
    }
    return opened(Protocol.TCP, address, done);
  }

  private Channel opened(Protocol protocol, InetSocketAddress address, ChannelFuture done)
      throws BindFailure {
    Throwable cause = done.cause();
    if (cause != null) {
      if (done.channel().isRegistered()) {
        var _ = done.channel().close();
      }
      throw new BindFailure(protocol, address, cause);
    }
    channels.add(done.channel());
    return done.channel();
  }
}
