package io.clusterzone.dns.transport;

import io.clusterzone.dns.loop.LoopChannels;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.UnixChannelOption;
import java.net.StandardSocketOptions;

/// The differences between the native transport of Linux and the portable one of the JDK.
enum Sockets {
  /// epoll: datagrams are received and sent in batches (`recvmmsg`, `sendmmsg`), and an IPv4
  /// wildcard socket knows which address was asked.
  EPOLL {
    @Override
    IoHandlerFactory ioHandlerFactory() {
      return EpollIoHandler.newFactory();
    }

    @Override
    LoopChannels channels(EventLoop loop) {
      return new LoopChannels(loop, EpollDatagramChannel::new, EpollSocketChannel::new);
    }

    @Override
    ChannelOption<Boolean> reusePort() {
      return UnixChannelOption.SO_REUSEPORT;
    }

    @Override
    DatagramChannel datagramChannel(SocketProtocolFamily family) {
      EpollDatagramChannel channel = new EpollDatagramChannel(family);
      channel.config().setOption(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_QUERY_OCTETS);
      channel.config().setRecvByteBufAllocator(receiving(BATCH));
      return channel;
    }

    // Netty reads the asked address with `recvmsg`, not with `recvmmsg`: no batches here.
    @Override
    DatagramChannel wildcardDatagramChannel(SocketProtocolFamily family) {
      EpollDatagramChannel channel = new EpollDatagramChannel(family);
      channel.config().setRecvByteBufAllocator(receiving(1));
      if (family == SocketProtocolFamily.INET) {
        channel.config().setOption(EpollChannelOption.IP_RECVORIGDSTADDR, true);
      }
      return channel;
    }

    @Override
    ServerChannel serverChannel(SocketProtocolFamily family) {
      return new EpollServerSocketChannel(family);
    }
  },

  /// The JDK's own channels, one datagram per system call.
  NIO {
    @Override
    IoHandlerFactory ioHandlerFactory() {
      return NioIoHandler.newFactory();
    }

    @Override
    LoopChannels channels(EventLoop loop) {
      return new LoopChannels(loop, NioDatagramChannel::new, NioSocketChannel::new);
    }

    @Override
    ChannelOption<Boolean> reusePort() {
      return NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);
    }

    @Override
    DatagramChannel datagramChannel(SocketProtocolFamily family) {
      NioDatagramChannel channel = new NioDatagramChannel(family);
      channel.config().setRecvByteBufAllocator(receiving(1));
      return channel;
    }

    @Override
    DatagramChannel wildcardDatagramChannel(SocketProtocolFamily family) {
      return datagramChannel(family);
    }

    @Override
    ServerChannel serverChannel(SocketProtocolFamily family) {
      return new NioServerSocketChannel(java.nio.channels.spi.SelectorProvider.provider(), family);
    }
  };

  /// The longest query that is read whole, in octets. A longer one is cut to this length, over any
  /// protocol, and its parser then finds it malformed.
  static final int MAX_QUERY_OCTETS = 4096;

  /// Datagrams per `recvmmsg`.
  private static final int BATCH = 32;

  /// Reads of one socket before the loop turns to the others.
  private static final int READS_PER_TURN = 8;

  static Sockets best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  abstract IoHandlerFactory ioHandlerFactory();

  /// Channels for talking to others from an event loop.
  abstract LoopChannels channels(EventLoop loop);

  abstract ChannelOption<Boolean> reusePort();

  /// A channel for one address of this host.
  abstract DatagramChannel datagramChannel(SocketProtocolFamily family);

  /// A channel for the wildcard address.
  abstract DatagramChannel wildcardDatagramChannel(SocketProtocolFamily family);

  abstract ServerChannel serverChannel(SocketProtocolFamily family);

  /// Datagrams that one turn of the event loop reads from a channel that was made here.
  static int mostPerTurn(Channel channel) {
    MaxMessagesRecvByteBufAllocator receiving = channel.config().getRecvByteBufAllocator();
    return receiving.maxMessagesPerRead();
  }

  private static RecvByteBufAllocator receiving(int datagrams) {
    return new FixedRecvByteBufAllocator(datagrams * MAX_QUERY_OCTETS)
        .maxMessagesPerRead(datagrams * READS_PER_TURN);
  }
}
