package io.clusterzone.dns.transport;

import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.Event;
import io.clusterzone.dns.transport.flood.FloodGate;
import io.clusterzone.dns.transport.flood.LimitedClients;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// A server of [ScriptedHandler]s with one listener, stopped at the end of a test.
public record TestServer(DnsServer server, Counters counters) implements AutoCloseable {
  static final TransportOptions ONE_LOOP = TransportOptions.DEFAULTS.withLoops(1);

  static TestServer start(TransportOptions options, List<InetAddress> addresses)
      throws BindFailure {
    return start(options, StreamTimes.DEFAULTS, addresses);
  }

  static TestServer start(TransportOptions options, StreamTimes times, List<InetAddress> addresses)
      throws BindFailure {
    Counters counters = new Counters(options.loops(), List.of());
    Listener listener =
        new Listener(new Listener.Place(addresses, 0), times, _ -> new ScriptedHandler());
    return new TestServer(DnsServer.start(options, counters, List.of(listener)), counters);
  }

  static TestServer startLocal(TransportOptions options) throws BindFailure {
    return start(options, List.of(InetAddress.getLoopbackAddress()));
  }

  static TestServer startLocal(TransportOptions options, StreamTimes times) throws BindFailure {
    return start(options, times, List.of(InetAddress.getLoopbackAddress()));
  }

  /// The gate of a loop that is always done at once.
  public static FloodGate gate() {
    return new FloodGate(Runnable::run, _ -> {}, System::nanoTime, new LimitedClients());
  }

  int port() {
    return server.addresses().getFirst().getPort();
  }

  UdpClient udp() throws Exception {
    return new UdpClient("127.0.0.1", port());
  }

  TcpClient tcp() throws Exception {
    return new TcpClient("127.0.0.1", port());
  }

  long count(Event event) {
    return counters.sum(event);
  }

  @Override
  public void close() {
    server.stop(Duration.ofSeconds(2));
  }
}
