package io.clusterzone.dns.config.text;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ReverseName;
import io.clusterzone.zones.name.Name;
import java.util.ArrayList;
import java.util.List;

/// The reverse zones of an address prefix.
///
/// Reverse zones end at octets (IPv4, RFC 1035 section 3.5) or nibbles (IPv6, RFC 3596 section
/// 2.5). A prefix that ends elsewhere is split into the zones that cover it and nothing more:
/// `10.0.0.0/17` is 128 zones from `0.0.10.in-addr.arpa` on.
final class ReverseZones {
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
    var zones = new ArrayList<Name>();
    for (int i = 0; i < 1 << (zoneLength - length); i++) {
      zones.add(ReverseName.zone(withBits(address, length, zoneLength, i), zoneLength));
    }
    return zones;
  }

  /// The address with other bits from one place to another, both within one octet or nibble.
  private static IpAddress withBits(IpAddress address, int from, int to, long bits) {
    int behind = (address.isV4() ? 32 : 128) - to;
    int shift = behind % Long.SIZE;
    long others = ~(((1L << (to - from)) - 1) << shift);
    return behind < Long.SIZE
        ? new IpAddress(address.isV4(), address.high(), (address.low() & others) | (bits << shift))
        : IpAddress.v6((address.high() & others) | (bits << shift), address.low());
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
}
