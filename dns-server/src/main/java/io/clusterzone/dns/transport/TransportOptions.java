package io.clusterzone.dns.transport;

import java.time.Duration;

/// A [DnsServer]'s use of the machine.
///
/// @param loops event loops, 1 to 1024; each has its own sockets
/// @param nativeTransport whether epoll is used where it is available
/// @param streams the bounds on TCP connections
/// @param rescan the time between looks of a wildcard listener for new addresses of this host
public record TransportOptions(
    int loops, boolean nativeTransport, StreamLimits streams, Duration rescan) {
  public static final TransportOptions DEFAULTS =
      new TransportOptions(
          Runtime.getRuntime().availableProcessors(),
          true,
          StreamLimits.DEFAULTS,
          Duration.ofSeconds(5));

  public TransportOptions {
    if (loops < 1 || loops > 1024) {
      throw new IllegalArgumentException("event loops: 1 to 1024, not " + loops);
    }
  }

  public TransportOptions withLoops(int count) {
    return new TransportOptions(count, nativeTransport, streams, rescan);
  }

  public TransportOptions withNativeTransport(boolean wanted) {
    return new TransportOptions(loops, wanted, streams, rescan);
  }

  public TransportOptions withStreams(StreamLimits limits) {
    return new TransportOptions(loops, nativeTransport, limits, rescan);
  }
}
