package io.clusterzone.k8s.made;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressRangeTest {
  /// The network's own address and, in IPv4, the one of its broadcasts are not given: "IPv4: 2^x –
  /// 2, not consider network and broadcast address; IPv6: 2^x - 1, not consider network address".
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          10.96.0.0/16, 10.96.0.0/16, 65534, 10.96.0.1, 10.96.255.254
          10.96.7.9/12, 10.96.0.0/12, 1048574, 10.96.0.1, 10.111.255.254
          192.168.1.255/30, 192.168.1.252/30, 2, 192.168.1.253, 192.168.1.254
          10.1.2.3/8, 10.0.0.0/8, 16777214, 10.0.0.1, 10.255.255.254
          fd00:10:96::/112, fd00:10:96::/112, 65535, fd00:10:96::1, fd00:10:96::ffff
          fd00::7/126, fd00::4/126, 3, fd00::5, fd00::7
          fd00:0:0:1:2::/64, fd00:0:0:1::/64, 4611686018427387903, fd00:0:0:1::1, fd00::1:3fff:ffff:ffff:ffff
          fd00:1:2:3::/48, fd00:1:2::/48, 4611686018427387903, fd00:1:2::1, fd00:1:2:0:3fff:ffff:ffff:ffff
          """)
  void holdsTheAddressesOfItsNetwork(
      String text, String canonical, long size, String first, String last) {
    AddressRange range = AddressRange.parse(text);
    assertThat(range).hasToString(canonical);
    assertThat(range.size()).isEqualTo(size);
    assertThat(range.at(0)).hasToString(first);
    assertThat(range.at(size - 1)).hasToString(last);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          10.96.0.0, expected an address range
          10.96.0.0/, is not the length of a prefix
          10.96.0.0/x, is not the length of a prefix
          10.96.0.0/7, 8 to 30 bits long
          10.96.0.0/31, 8 to 30 bits long
          fd00::/47, 48 to 126 bits long
          fd00::/127, 48 to 126 bits long
          10.96/16, is not an IP address
          """)
  void refusesWhatIsNone(String text, String fault) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AddressRange.parse(text))
        .withMessageContaining(fault);
  }

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource(
      textBlock =
          """
          10.96.0.0/16, 10.96.5.0/24, true
          10.96.0.0/16, 10.97.0.0/16, false
          10.0.0.0/8, 10.244.0.0/16, true
          10.96.0.0/16, fd00::/112, false
          fd00::/64, fd00::1:0/112, true
          fd00::/112, fd00:0:0:1::/112, false
          """)
  void overlapsWhereAnAddressIsInBoth(String one, String other, boolean overlaps) {
    assertThat(AddressRange.parse(one).overlaps(AddressRange.parse(other))).isEqualTo(overlaps);
    assertThat(AddressRange.parse(other).overlaps(AddressRange.parse(one))).isEqualTo(overlaps);
  }
}
