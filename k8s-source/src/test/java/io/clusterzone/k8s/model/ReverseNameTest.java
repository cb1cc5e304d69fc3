package io.clusterzone.k8s.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterzone.zones.name.Name;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ReverseMap;

class ReverseNameTest {
  @Test
  void agreesWithDnsjavaOnRandomAddresses() throws UnknownHostException {
    var random = new Random(11);
    for (int i = 0; i < 1000; i++) {
      for (IpAddress address :
          new IpAddress[] {
            IpAddress.v4(random.nextInt()), IpAddress.v6(random.nextLong(), random.nextLong())
          }) {
        assertThat(ReverseName.of(address))
            .hasToString(ReverseMap.fromAddress(address.toString()).toString());
      }
    }
  }

  /// A prefix inside an octet or a nibble is widened to its beginning.
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0, in-addr.arpa.",
    "10.0.0.0, 7, in-addr.arpa.",
    "10.0.0.0, 8, 10.in-addr.arpa.",
    "10.96.0.0, 12, 10.in-addr.arpa.",
    "10.0.0.0, 17, 0.10.in-addr.arpa.",
    "192.168.255.0, 24, 255.168.192.in-addr.arpa.",
    "192.0.2.1, 32, 1.2.0.192.in-addr.arpa.",
    "fd00::, 8, d.f.ip6.arpa.",
    "fd00::, 7, f.ip6.arpa.",
    "2001:db8:85a3::, 48, 3.a.5.8.8.b.d.0.1.0.0.2.ip6.arpa.",
    "2001:db8::8000:0:0:0, 66, 0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.",
    "2001:db8::8000:0:0:0, 68, 8.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.",
  })
  void namesTheZoneOfANetwork(String network, int prefixLength, String apex) {
    assertThat(ReverseName.zone(IpAddress.parse(network), prefixLength)).hasToString(apex);
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.0, 33", "10.0.0.0, -1", "fd00::, 129"})
  void refusesAPrefixThatTheFamilyHasNot(String network, int prefixLength) {
    assertThatThrownBy(() -> ReverseName.zone(IpAddress.parse(network), prefixLength))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Integer.toString(prefixLength));
  }

  @ParameterizedTest
  @CsvSource({
    "in-addr.arpa, true",
    "10.IN-ADDR.arpa, true",
    "d.f.ip6.arpa, true",
    "arpa, false",
    "xin-addr.arpa, false",
    "cluster.local, false",
  })
  void knowsTheZonesOfAddresses(String apex, boolean reverse) {
    assertThat(ReverseName.isReverse(Name.parse(apex))).isEqualTo(reverse);
  }
}
