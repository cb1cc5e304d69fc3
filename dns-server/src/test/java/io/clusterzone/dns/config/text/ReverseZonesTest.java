package io.clusterzone.dns.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.name.Name;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.ReverseMap;

final class ReverseZonesTest {
  /// A prefix that ends at no octet or nibble is split into the zones that cover it exactly.
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.in-addr.arpa.",
    "10.96.0.1/16, 96.10.in-addr.arpa.",
    "192.0.2.1/32, 1.2.0.192.in-addr.arpa.",
    "0.0.0.0/0, in-addr.arpa.",
    "10.0.0.0/15, 0.10.in-addr.arpa. 1.10.in-addr.arpa.",
    "10.4.0.0/14, 4.10.in-addr.arpa. 5.10.in-addr.arpa. 6.10.in-addr.arpa. 7.10.in-addr.arpa.",
    "10.3.0.0/15, 2.10.in-addr.arpa. 3.10.in-addr.arpa.",
    "192.0.2.128/31, 128.2.0.192.in-addr.arpa. 129.2.0.192.in-addr.arpa.",
    "2001:db8::/32, 8.b.d.0.1.0.0.2.ip6.arpa.",
    "fd00::/8, d.f.ip6.arpa.",
    "fd00::/7, c.f.ip6.arpa. d.f.ip6.arpa.",
    "2001:db8:4::/47, 4.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa. 5.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.",
    "::/0, ip6.arpa.",
  })
  void coverThePrefixExactly(String prefix, String expected) {
    assertThat(String.join(" ", ReverseZones.of(prefix).stream().map(Name::toString).toList()))
        .isEqualTo(expected);
  }

  @Test
  void splitsIntoAtMost128Zones() {
    List<Name> zones = ReverseZones.of("10.0.0.0/17");
    assertThat(zones).hasSize(128).doesNotHaveDuplicates();
    assertThat(zones.getFirst()).isEqualTo(Name.parse("0.0.10.in-addr.arpa"));
    assertThat(zones.getLast()).isEqualTo(Name.parse("127.0.10.in-addr.arpa"));
  }

  /// The independent reading of RFC 1035 section 3.5 and RFC 3596 section 2.5 is dnsjava's.
  @Test
  void agreeWithDnsjavaOnWholeAddresses() throws Exception {
    long seed = 20261123;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < 200; i++) {
      byte[] address = new byte[i % 2 == 0 ? 4 : 16];
      random.nextBytes(address);
      java.net.InetAddress inet = java.net.InetAddress.getByAddress(address);
      String prefix = inet.getHostAddress() + "/" + address.length * 8;
      assertThat(ReverseZones.of(prefix))
          .as("seed %d, %s", seed, prefix)
          .containsExactly(Name.parse(ReverseMap.fromAddress(inet).toString()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, true",
    "10.0.0.0/99, true",
    "fd00::/x, true",
    "10.0.0.0, false",
    "0/25.2.0.192.in-addr.arpa, false",
    "example.org, false",
    "/8, false",
  })
  void tellPrefixesFromNames(String text, boolean expected) {
    assertThat(ReverseZones.looksLikePrefix(text)).isEqualTo(expected);
  }
}
