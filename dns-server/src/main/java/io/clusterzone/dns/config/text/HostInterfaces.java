package io.clusterzone.dns.config.text;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/// The network interfaces of this host.
final class HostInterfaces {
  private HostInterfaces() {}

  /// The addresses that `bind` means by an interface: all but the link-local ones of IPv6, as in
  /// CoreDNS.
  static List<InetAddress> addressesOf(String name) {
    try {
      NetworkInterface found = NetworkInterface.getByName(name);
      return found == null
          ? List.of()
          : found
              .inetAddresses()
              .filter(address -> address instanceof Inet4Address || !address.isLinkLocalAddress())
              .toList();
    } catch (SocketException _) {
      return List.of();
    }
  }
}
