package io.clusterzone.dns.transport;

import io.clusterzone.dns.ops.Counters;
import java.time.Duration;
import java.util.List;

/// A server with one listener, stopped at the end of a test.
record TestServer(DnsServer server) implements AutoCloseable {
  static TestServer start(TransportOptions options, Counters counters, Listener listener)
      throws BindFailure {
    return new TestServer(DnsServer.start(options, counters, List.of(listener)));
  }

  int port() {
    return server.addresses().getFirst().getPort();
  }

  @Override
  public void close() {
    server.stop(Duration.ofSeconds(2));
  }
}
