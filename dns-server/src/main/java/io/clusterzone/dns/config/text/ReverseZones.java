package io.clusterzone.dns.config.text;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.zones.name.Name;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// The reverse zones of an address prefix.
///
/// Reverse zones end at octets (IPv4, RFC 1035 section 3.5) or nibbles (IPv6, RFC 3596 section
/// 2.5). A prefix that ends elsewhere is split into the zones that cover it and nothing more:
/// `10.0.0.0/17` is 128 zones from `0.0.10.in-addr.arpa` on.
final class ReverseZones {
  private static final Name V4 = Name.parse("in-addr.arpa");
  private static final Name V6 = Name.parse("ip6.arpa");

  private ReverseZones() {}

  /// Whether the text is an address, a slash and something; if not it is a name.
  static boolean looksLikePrefix(String text) {
    int slash = text.indexOf('/');
    return slash > 0 && AddressText.isAddress(text.substring(0, slash));
  }

  /// The zones of a prefix; bits behind the prefix are passed over.
  ///
  /// @throws IllegalArgumentException if the text is not an address, a slash and a length that the
  ///   address can have
  static List<Name> of(String prefix) {
    int slash = prefix.indexOf('/');
    IpAddress address = IpAddress.parse(prefix.substring(0, slash));
    int width = address.isV4() ? 32 : 128;
    int length = length(prefix.substring(slash + 1), width);
    int step = address.isV4() ? 8 : 4;
    int zoneLength = (length + step - 1) / step * step;
    BigInteger first = bits(address).shiftRight(width - length).shiftLeft(zoneLength - length);
    var zones = new ArrayList<Name>();
    for (int i = 0; i < 1 << (zoneLength - length); i++) {
      zones.add(zone(first.add(BigInteger.valueOf(i)), zoneLength / step, step));
    }
    return zones;
  }

  private static int length(String text, int width) {
    boolean digits =
        !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    int length = digits ? Integer.parseInt(text) : -1;
    if (length < 0 || length > width) {
      throw new IllegalArgumentException("a prefix length is 0 to " + width + ": " + text);
    }
    return length;
  }

  private static BigInteger bits(IpAddress address) {
    if (address.isV4()) {
      return BigInteger.valueOf(address.low());
    }
    return unsigned(address.high()).shiftLeft(64).or(unsigned(address.low()));
  }

  private static BigInteger unsigned(long half) {
    return new BigInteger(Long.toUnsignedString(half));
  }

  private static Name zone(BigInteger prefix, int labels, int step) {
    Name name = step == 8 ? V4 : V6;
    int mask = (1 << step) - 1;
    for (int i = labels - 1; i >= 0; i--) {
      int digit = prefix.shiftRight(i * step).intValue() & mask;
      name = name.child(Integer.toString(digit, step == 8 ? 10 : 16));
    }
    return name;
  }
}
