package io.clusterzone.dns.server;

import io.clusterzone.dns.config.text.AddressText;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// An address to listen on: `ADDRESS:PORT`, `[IPV6]:PORT`, or `:PORT` for all addresses.
///
/// @param addresses the one address, or none for all
public record ListenAddress(List<InetAddress> addresses, int port) {

  /// The address of `serve --manifests`: a port that needs no privilege, at all addresses.
  public static final ListenAddress DEFAULT = new ListenAddress(List.of(), 1053);

  public ListenAddress {
    addresses = List.copyOf(addresses);
  }

  /// Reads an address and a port, or a port alone.
  ///
  /// @throws IllegalArgumentException if the text is something else
  public static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(colon, 0));
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw notAnAddress(text);
    }
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (colon < 0 || port < 0 || port > AddressText.MAX_PORT) {
        throw notAnAddress(text);
      }
      return new ListenAddress(
          host.isEmpty() ? List.of() : List.of(InetAddress.ofLiteral(host)), port);
    } catch (IllegalArgumentException e) {
      throw notAnAddress(text);
    }
  }

  private static IllegalArgumentException notAnAddress(String text) {
    return new IllegalArgumentException("not an address and a port: " + text);
  }

  /// As CoreDNS names a listener in metrics: `dns://127.0.0.1:53`, `dns://:53`.
  @Override
  public String toString() {
    return "dns://"
        + (addresses.isEmpty()
            ? ":" + port
            : NetUtil.toSocketAddressString(new InetSocketAddress(addresses.getFirst(), port)));
  }
}
