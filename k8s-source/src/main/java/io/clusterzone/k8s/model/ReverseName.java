package io.clusterzone.k8s.model;

import io.clusterzone.zones.name.Name;
import java.util.List;

/// The names of addresses below `in-addr.arpa` (RFC 1035 section 3.5) and `ip6.arpa` (RFC 3596
/// section 2.5).
public final class ReverseName {
  private static final Name IN_ADDR_ARPA = Name.parse("in-addr.arpa");
  private static final Name IP6_ARPA = Name.parse("ip6.arpa");

  /// The apexes that all names of addresses are below.
  public static final List<Name> TREES = List.of(IN_ADDR_ARPA, IP6_ARPA);

  private static final int OCTET_BITS = 8;
  private static final int NIBBLE_BITS = 4;

  /// Octets of the longest four labels.
  private static final int V4_LABELS_LENGTH = 16;

  private ReverseName() {}

  /// The owner name of an address's PTR.
  public static Name of(IpAddress address) {
    return address.isV4() ? ofV4(address.v4Bits()) : zone(address, 128);
  }

  /// As [#zone], without a name for each label: a large cluster has hundreds of thousands.
  private static Name ofV4(int address) {
    byte[] wire = new byte[V4_LABELS_LENGTH + IN_ADDR_ARPA.length()];
    int at = 0;
    for (int bit = 0; bit < Integer.SIZE; bit += OCTET_BITS) {
      int octet = address >>> bit & 0xff;
      int digits = octet < 10 ? 1 : octet < 100 ? 2 : 3;
      wire[at] = (byte) digits;
      for (int i = digits, rest = octet; i > 0; i--, rest /= 10) {
        wire[at + i] = (byte) ('0' + rest % 10);
      }
      at += digits + 1;
    }
    IN_ADDR_ARPA.copyTo(wire, at);
    return Name.ofWire(wire, 0);
  }

  /// The apex of the zone that holds a network. A prefix that ends inside an octet (IPv4) or a
  /// nibble (IPv6) is widened to where that begins.
  ///
  /// @throws IllegalArgumentException if the family has no prefix of this length
  public static Name zone(IpAddress network, int prefixLength) {
    int bits = network.isV4() ? 32 : 128;
    if (prefixLength < 0 || prefixLength > bits) {
      throw new IllegalArgumentException(
          "the prefix of " + network + " has 0 to " + bits + " bits, not " + prefixLength);
    }
    Name name = network.isV4() ? IN_ADDR_ARPA : IP6_ARPA;
    int step = network.isV4() ? OCTET_BITS : NIBBLE_BITS;
    for (int at = 0; at + step <= prefixLength; at += step) {
      name = name.child(label(network, at));
    }
    return name;
  }

  /// Whether a zone is one of addresses.
  public static boolean isReverse(Name apex) {
    return TREES.stream().anyMatch(apex::isAtOrBelow);
  }

  /// Whether a zone is that of a single address, whose name is the apex.
  public static boolean isOfOneAddress(Name apex) {
    return isBelow(IN_ADDR_ARPA, apex, Integer.SIZE / OCTET_BITS)
        || isBelow(IP6_ARPA, apex, 2 * Long.SIZE / NIBBLE_BITS);
  }

  private static boolean isBelow(Name root, Name apex, int labels) {
    return apex.isAtOrBelow(root) && apex.labelCount() == root.labelCount() + labels;
  }

  /// The octet or nibble that starts at a bit, counted from the most significant one.
  private static String label(IpAddress address, int bit) {
    if (address.isV4()) {
      return Integer.toString(address.v4Bits() >>> (24 - bit) & 0xff);
    }
    long half = bit < 64 ? address.high() : address.low();
    return Integer.toHexString((int) (half >>> (60 - bit % 64)) & 0xf);
  }
}
