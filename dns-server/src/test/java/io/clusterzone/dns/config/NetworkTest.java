package io.clusterzone.dns.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkTest {
  /// RFC 4632 section 3.1, RFC 4291 section 2.3: the first and the last address of a prefix.
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.0.0.0, 10.255.255.255",
    "10.1.2.3/8, 10.0.0.0, 10.255.255.255",
    "10.1.2.3, 10.1.2.3, 10.1.2.3",
    "10.1.2.3/32, 10.1.2.3, 10.1.2.3",
    "10.1.2.3/31, 10.1.2.2, 10.1.2.3",
    "0.0.0.0/0, 0.0.0.0, 255.255.255.255",
    "192.0.2.255/1, 128.0.0.0, 255.255.255.255",
    "::/0, ::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "fd00::1/8, fd00::, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db8::/63, 2001:db8::, 2001:db8:0:1:ffff:ffff:ffff:ffff",
    "2001:db8::/64, 2001:db8::, 2001:db8::ffff:ffff:ffff:ffff",
    "2001:db8::/65, 2001:db8::, 2001:db8::7fff:ffff:ffff:ffff",
    "2001:db8::1, 2001:db8::1, 2001:db8::1",
    "2001:db8::1/127, 2001:db8::, 2001:db8::1",
  })
  void reachesFromItsFirstToItsLastAddress(String text, String first, String last) {
    Network network = Network.parse(text);
    assertThat(network.address()).hasToString(first);
    assertThat(network.last()).hasToString(last);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10/8",
        "::/129",
        "::/1e1",
        "10.0.0.0/8/8",
        "10.0.0.0 /8",
        "example"
      })
  void isNothingElse(String text) {
    assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
