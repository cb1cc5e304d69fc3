package io.clusterzone.dns.config.text;

import io.clusterzone.k8s.model.IpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// IP addresses and ports as a Corefile writes them. Names are never looked up.
public final class AddressText {
  public static final int MAX_PORT = 65_535;

  private static final InetAddress LOCALHOST = InetAddress.ofLiteral("127.0.0.1");

  private AddressText() {}

  public static boolean isAddress(String text) {
    return IpAddress.tryParse(text) != null;
  }

  /// The address, or null if the text is none. It may end in `%` and an interface of this host.
  public static @Nullable InetAddress address(String text) {
    int scope = text.indexOf('%');
    if (!isAddress(scope < 0 ? text : text.substring(0, scope))) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /// An address to listen on: `:PORT` for every address of the host, `ADDRESS:PORT`,
  /// `[ADDRESS]:PORT` or `localhost:PORT`; null if the text is none of these.
  public static @Nullable InetSocketAddress listener(String text) {
    int colon = text.lastIndexOf(':');
    int port = colon < 0 ? -1 : port(text.substring(colon + 1));
    if (port < 0) {
      return null;
    }
    String host = text.substring(0, colon);
    if (host.isEmpty()) {
      return new InetSocketAddress(port);
    }
    InetAddress address = host.equals("localhost") ? LOCALHOST : bracketed(host);
    return address == null ? null : new InetSocketAddress(address, port);
  }

  /// An address of IPv6 has brackets before a port, one of IPv4 has none.
  private static @Nullable InetAddress bracketed(String host) {
    boolean brackets = host.startsWith("[") && host.endsWith("]");
    if (brackets != host.contains(":")) {
      return null;
    }
    return address(brackets ? host.substring(1, host.length() - 1) : host);
  }

  /// The port, or -1 if the text is none.
  public static int port(String text) {
    boolean digits =
        !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int port = digits ? Integer.parseInt(text) : -1;
    return port <= MAX_PORT ? port : -1;
  }
}
