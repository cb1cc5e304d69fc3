package io.clusterzone.dns.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

final class HostInterfacesTest {
  @Test
  void knowsTheAddressesOfThisHost() throws SocketException {
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      assertThat(HostInterfaces.addressesOf(each.getName()))
          .isSubsetOf(each.inetAddresses().toList())
          .noneMatch(HostInterfacesTest::isLinkLocalV6)
          .containsAll(
              each.inetAddresses().filter(address -> address instanceof Inet4Address).toList());
    }
  }

  @Test
  void knowsNoAddressOfAnInterfaceThatIsNotThere() {
    assertThat(HostInterfaces.addressesOf("no-such-if")).isEmpty();
    assertThat(HostInterfaces.addressesOf("")).isEmpty();
  }

  private static boolean isLinkLocalV6(InetAddress address) {
    return !(address instanceof Inet4Address) && address.isLinkLocalAddress();
  }
}
