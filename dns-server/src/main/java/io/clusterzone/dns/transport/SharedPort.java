package io.clusterzone.dns.transport;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;

/// Sockets of one address and port, among which the kernel spreads datagrams by their senders.
final class SharedPort {
  private SharedPort() {}

  /// Leaves new messages to the other sockets, while this one keeps those received and can still
  /// answer. A socket that is closed while the kernel gives it datagrams takes some along.
  ///
  /// To connect a socket does that: Linux gives a connected one the datagrams of its peer alone.
  /// The peer is the socket's own address, from which no other socket sends. Netty is not to know,
  /// or it would take the peer for the sender of queued datagrams. A socket of a wildcard address
  /// has no other beside it that takes its place, and would no longer answer from all addresses.
  static void leave(Channel channel) {
    if (channel instanceof EpollDatagramChannel udp && udp.fd() instanceof Socket socket) {
      InetSocketAddress own = udp.localAddress();
      if (own == null || own.getAddress().isAnyLocalAddress()) {
        return;
      }
      try {
        socket.connect(own);
      } catch (IOException _) {
        // It gets its share until it is closed.
      }
    }
  }
}
