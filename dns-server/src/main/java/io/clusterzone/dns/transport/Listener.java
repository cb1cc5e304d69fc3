package io.clusterzone.dns.transport;

import io.clusterzone.dns.query.MessageHandler;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;

/// A port to listen on, over UDP and TCP.
///
/// @param place where; no two listeners of a server have the same
/// @param times the bounds on TCP clients
/// @param handlers makes the handler of each event loop, on the thread that changes the server
public record Listener(
    Place place, StreamTimes times, Function<LoopContext, MessageHandler> handlers) {

  /// With the times that hold where nothing else is said.
  public Listener(
      List<InetAddress> addresses, int port, Function<LoopContext, MessageHandler> handlers) {
    this(new Place(addresses, port), StreamTimes.DEFAULTS, handlers);
  }

  /// A place to listen. A listener whose place stays when a server changes keeps its sockets.
  ///
  /// @param addresses of this host; empty for all of them, IPv4 and IPv6
  /// @param port 0 to 65535; 0 picks one that is free for both protocols
  public record Place(List<InetAddress> addresses, int port) {
    public Place {
      addresses = List.copyOf(addresses);
      if (port < 0 || port > 0xffff) {
        throw new IllegalArgumentException("port " + port);
      }
    }
  }
}
