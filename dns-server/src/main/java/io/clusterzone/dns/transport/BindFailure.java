package io.clusterzone.dns.transport;

import io.clusterzone.dns.ops.Protocol;
import io.netty.util.NetUtil;
import java.io.Serial;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;

/// An address cannot be listened on. The message is one line: which address, why, and what to do.
public final class BindFailure extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final boolean missingAddress;

  public BindFailure(Protocol protocol, InetSocketAddress address, Throwable cause) {
    super(
        "cannot listen on "
            + text(address)
            + " over "
            + protocol.label()
            + ": "
            + reason(protocol, address, cause),
        cause);
    missingAddress = isMissingAddress(cause);
  }

  /// A failure that is no matter of a single address.
  BindFailure(String message) {
    super(message);
    missingAddress = false;
  }

  /// Whether the host does not have the address, or cannot use it yet: that may pass.
  public boolean isMissingAddress() {
    return missingAddress;
  }

  private static boolean isMissingAddress(Throwable cause) {
    return String.valueOf(cause.getMessage())
        .toLowerCase(Locale.ROOT)
        .contains("assign requested address");
  }

  private static String reason(Protocol protocol, InetSocketAddress address, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("address already in use")) {
      return "another program listens there; stop it or choose another port"
          + " (it is shown by: ss -lnp"
          + (protocol == Protocol.UDP ? "u" : "t")
          + " sport = :"
          + address.getPort()
          + ")";
    }
    if (lower.contains("permission denied")) {
      return "no permission for a port below 1024; use a port from 1024 on, grant the capability"
          + " NET_BIND_SERVICE, or lower the sysctl net.ipv4.ip_unprivileged_port_start";
    }
    if (isMissingAddress(cause)) {
      return Addresses.ofInterfaces(Addresses.family(address.getAddress()))
              .contains(address.getAddress())
          ? "the address cannot be used yet (tentative: the host still looks for duplicates of it,"
              + " or has found one, dadfailed); its state is shown by: ip address"
          : "this host has no such address; the ones it has are shown by: ip address";
    }
    return message;
  }

  /// `192.0.2.1:53`, `[2001:db8::1]:53`.
  static String text(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    String text = NetUtil.toAddressString(host);
    return (host.getAddress().length == 4 ? text : "[" + text + "]") + ":" + address.getPort();
  }
}
