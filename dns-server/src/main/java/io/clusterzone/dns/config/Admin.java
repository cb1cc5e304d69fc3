package io.clusterzone.dns.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// `admin`: what the server knows, as JSON over HTTP, for the commands that ask a running server.
///
/// @param address where to listen; a wildcard address is every address of the host, and null is
///   nowhere
public record Admin(@Nullable InetSocketAddress address) implements Directive {
  public static final InetSocketAddress DEFAULT_ADDRESS =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9154);

  public static final Admin DEFAULT = new Admin(DEFAULT_ADDRESS);

  public static final Admin OFF = new Admin(null);

  @Override
  public boolean hasPart() {
    return false;
  }
}
