package io.clusterzone.dns.config;

import java.net.InetAddress;
import java.util.List;

/// `bind`: the addresses a server block listens on, in the order of the file, none of them twice.
/// Without the directive a block listens on all of them.
///
/// Names of network interfaces are addresses here already, those that the interface had when the
/// Corefile was read.
public record Bind(List<InetAddress> addresses) implements Directive {
  public Bind {
    addresses = List.copyOf(addresses);
  }

  @Override
  public boolean hasPart() {
    return false;
  }
}
