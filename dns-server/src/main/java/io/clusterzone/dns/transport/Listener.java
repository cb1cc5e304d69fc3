package io.clusterzone.dns.transport;

import io.clusterzone.dns.query.MessageHandler;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;

/// A port to listen on, over UDP and TCP.
///
/// @param addresses of this host; empty for all of them, IPv4 and IPv6
/// @param port 0 to 65535; 0 picks one that is free for both protocols
/// @param handlers makes the handler of each event loop, on its thread
public record Listener(
    List<InetAddress> addresses, int port, Function<LoopContext, MessageHandler> handlers) {
  public Listener {
    addresses = List.copyOf(addresses);
    if (port < 0 || port > 0xffff) {
      throw new IllegalArgumentException("port " + port);
    }
  }
}
