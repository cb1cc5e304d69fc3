package io.clusterzone.dns.config;

import java.net.InetSocketAddress;

/// `ready`: says over HTTP whether the server can answer, at `/ready`.
///
/// @param address where to listen; a wildcard address is every address of the host
/// @param monitor [Monitor#UNTIL_READY] by default
public record Ready(InetSocketAddress address, Monitor monitor) implements Directive {
  public static final Ready DEFAULT = new Ready(new InetSocketAddress(8181), Monitor.UNTIL_READY);

  /// The time for which a part of the server is asked whether it is ready.
  public enum Monitor {
    /// Until it was once.
    UNTIL_READY,
    /// Always.
    CONTINUOUSLY
  }

  @Override
  public boolean hasPart() {
    return false;
  }
}
