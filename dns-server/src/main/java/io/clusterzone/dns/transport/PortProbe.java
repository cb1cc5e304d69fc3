package io.clusterzone.dns.transport;

import io.clusterzone.dns.ops.Protocol;
import io.netty.channel.socket.SocketProtocolFamily;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.util.List;

/// Finds out whether ports are free, by binding them for a moment.
///
/// The sockets of the event loops share a port by SO_REUSEPORT. That would let a second server of
/// the same user share it too, and take half of the queries unnoticed; a bind without the option
/// fails as it should.
final class PortProbe {
  private static final int ATTEMPTS = 50;

  private PortProbe() {}

  /// Whether several sockets may be bound to one port here; without it one event loop serves.
  static boolean canSharePorts() {
    try (DatagramChannel channel = DatagramChannel.open()) {
      return channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
    } catch (IOException e) {
      return false;
    }
  }

  /// Checks that this host has the address and can use it.
  ///
  /// @param address whose port is left alone
  static void requireAddress(InetSocketAddress address) throws BindFailure {
    try {
      var _ = bind(Protocol.UDP, new InetSocketAddress(address.getAddress(), 0));
    } catch (IOException e) {
      throw new BindFailure(Protocol.UDP, address, e);
    }
  }

  static void requireFree(List<InetAddress> addresses, int port) throws BindFailure {
    for (InetAddress address : addresses) {
      requireFree(new InetSocketAddress(address, port));
    }
  }

  static void requireFree(InetSocketAddress address) throws BindFailure {
    for (Protocol protocol : Protocol.values()) {
      try {
        bind(protocol, address);
      } catch (IOException e) {
        throw new BindFailure(protocol, address, e);
      }
    }
  }

  /// A port that is free over both protocols at all addresses.
  static int freePort(List<InetAddress> addresses) throws BindFailure {
    for (int attempt = 1; ; attempt++) {
      InetSocketAddress any = new InetSocketAddress(addresses.getFirst(), 0);
      try {
        int port = bind(Protocol.TCP, any);
        requireFree(addresses, port);
        return port;
      } catch (IOException e) {
        throw new BindFailure(Protocol.TCP, any, e);
      } catch (BindFailure e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static int bind(Protocol protocol, InetSocketAddress address) throws IOException {
    StandardProtocolFamily family =
        Addresses.family(address.getAddress()) == SocketProtocolFamily.INET
            ? StandardProtocolFamily.INET
            : StandardProtocolFamily.INET6;
    return switch (protocol) {
      case UDP -> {
        try (DatagramChannel channel = DatagramChannel.open(family)) {
          yield portOf(channel.bind(address).getLocalAddress());
        }
      }
      case TCP -> {
        try (ServerSocketChannel channel = ServerSocketChannel.open(family)) {
          yield portOf(channel.bind(address).getLocalAddress());
        }
      }
    };
  }

  private static int portOf(SocketAddress address) {
    return ((InetSocketAddress) address).getPort();
  }
}
