package io.clusterzone.dns.transport;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/// Finds the socket for a datagram's reply, which must carry the address that was asked.
@FunctionalInterface
interface Outlets {
  /// For a socket that is bound to one address: its replies leave through itself.
  Outlets SAME = (received, local) -> received;

  /// The channel for replies to datagrams received on `received` for the address `local`.
  Channel outletFor(Channel received, InetSocketAddress local);
}
