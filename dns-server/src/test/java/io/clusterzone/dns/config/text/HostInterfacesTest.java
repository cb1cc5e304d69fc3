package io.clusterzone.dns.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.file.CorefileReading;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /// An interface may come by itself, as those of container networks do; no other word does.
  @ParameterizedTest
  @CsvSource({
    "no-such-if,           true",
    "192.0.2.1 no-such-if, true",
    "192.0.2.1,            true",
    "192.0.2.300,          false",
    "a-name-that-is-too-long, false",
  })
  void aServerStartsWithoutAnInterfaceThatIsNotThere(String words, boolean startable) {
    CorefileReading reading =
        CorefileParser.read("Corefile", ". {\n bind " + words + "\n}\n", ParseOptions.ofProcess());
    assertThat(reading.startable()).isEqualTo(startable);
    assertThat(reading.result() instanceof Corefile.Valid).isEqualTo(words.equals("192.0.2.1"));
  }

  private static boolean isLinkLocalV6(InetAddress address) {
    return !(address instanceof Inet4Address) && address.isLinkLocalAddress();
  }
}
