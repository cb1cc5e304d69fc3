package io.clusterzone.k8s.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
  /// RFC 5952 section 4: leading zeros go, the longest run of two groups or more is `::`, the first
  /// of equals, letters are lower case.
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 0.0.0.0",
    "255.255.255.255, 255.255.255.255",
    "10.96.0.1, 10.96.0.1",
    "::, ::",
    "::1, ::1",
    "fd00::, fd00::",
    "0:0:0:0:0:0:0:0, ::",
    "2001:0DB8::0001, 2001:db8::1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
    "0:0:1:2:3:4:5:6, ::1:2:3:4:5:6",
    "::ffff:10.1.2.3, ::ffff:a01:203",
    "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
  })
  void writesTheCanonicalText(String text, String canonical) {
    assertThat(IpAddress.parse(text)).hasToString(canonical);
    assertThat(IpAddress.parse(canonical)).isEqualTo(IpAddress.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "None",
        "10.0.0",
        "10.0.0.0.0",
        "10.0.0.256",
        "10.0.0.01",
        "10.0.0.-1",
        "10.0.0.",
        "10.0.0.1 ",
        "10.0.0.0001",
        "1.2.3.x",
        "\u0661.0.0.1",
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "1:2:3:4:5:6:7::8",
        "12345::",
        "g::",
        "fe80::1%eth0",
        "[::1]",
        "::1.2.3",
        "1.2.3.4::",
        "1.2.3.4::1.2.3.4",
        "::1.2.3.4:5",
        "::01.2.3.4",
        "1:",
        ":1",
      })
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> IpAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }

  @Test
  void agreesWithTheLibraryOnRandomAddresses() throws UnknownHostException {
    var random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      // Zero groups are as likely as not, so that `::` falls everywhere.
      var address = IpAddress.v6(sparse(random), sparse(random));
      String text = address.toString();
      assertThat(IpAddress.parse(text)).as(text).isEqualTo(address);
      assertThat(octets(address)).as(text).isEqualTo(InetAddress.ofLiteral(text).getAddress());
    }
  }

  private static long sparse(Random random) {
    long half = 0;
    for (int i = 0; i < 4; i++) {
      half = half << 16 | (random.nextBoolean() ? 0 : random.nextInt(0x10000));
    }
    return half;
  }

  /// The library makes IPv4-mapped addresses IPv4.
  private static byte[] octets(IpAddress address) {
    boolean mapped = address.high() == 0 && address.low() >>> 32 == 0xffff;
    byte[] octets = new byte[mapped ? 4 : 16];
    for (int i = 0; i < octets.length; i++) {
      int fromEnd = octets.length - 1 - i;
      long half = fromEnd < 8 ? address.low() : address.high();
      octets[i] = (byte) (half >>> (8 * (fromEnd % 8)));
    }
    return octets;
  }

  @Test
  void ordersIpv4BeforeIpv6AndEachByItsBits() {
    assertThat(
            Stream.of("ffff::", "::1", "255.0.0.0", "fd00::1", "9.0.0.0", "128.0.0.1")
                .map(IpAddress::parse)
                .sorted()
                .map(IpAddress::toString))
        .containsExactly("9.0.0.0", "128.0.0.1", "255.0.0.0", "::1", "fd00::1", "ffff::");
  }
}
