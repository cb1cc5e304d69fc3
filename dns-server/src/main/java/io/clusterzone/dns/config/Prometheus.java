package io.clusterzone.dns.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// `prometheus`: metrics over HTTP, at `/metrics`.
///
/// @param address where to listen; a wildcard address is every address of the host
public record Prometheus(InetSocketAddress address) implements Directive {
  public static final Prometheus DEFAULT =
      new Prometheus(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9153));
}
