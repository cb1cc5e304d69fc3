package io.clusterzone.dns.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// `pprof`: what the process is busy with, over HTTP below `/debug/`.
///
/// @param address where to listen; a wildcard address is every address of the host
public record Pprof(InetSocketAddress address) implements Directive {
  public static final Pprof DEFAULT =
      new Pprof(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 6053));

  @Override
  public boolean hasPart() {
    return false;
  }
}
