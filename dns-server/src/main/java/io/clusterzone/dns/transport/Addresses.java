package io.clusterzone.dns.transport;

import io.netty.channel.socket.SocketProtocolFamily;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The addresses of this host.
final class Addresses {
  private Addresses() {}

  static SocketProtocolFamily family(InetAddress address) {
    return address instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
  }

  /// The wildcard addresses of the families that this host has.
  static List<InetAddress> wildcards() {
    InetAddress v4 = ofOctets(new byte[4]);
    return hasIpv6() ? List.of(v4, ofOctets(new byte[16])) : List.of(v4);
  }

  /// The addresses of all interfaces, of one family.
  static Set<InetAddress> ofInterfaces(SocketProtocolFamily family) {
    Set<InetAddress> found = new LinkedHashSet<>();
    try {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> family(address) == family)
          .forEach(found::add);
    } catch (SocketException e) {
      return Set.of(); // None can be listed just now; the next scan may.
    }
    return found;
  }

  private static boolean hasIpv6() {
    return !ofInterfaces(SocketProtocolFamily.INET6).isEmpty();
  }

  private static InetAddress ofOctets(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address of " + octets.length + " octets", e);
    }
  }
}
