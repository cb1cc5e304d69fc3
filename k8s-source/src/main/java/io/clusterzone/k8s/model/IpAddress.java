package io.clusterzone.k8s.model;

import org.jspecify.annotations.Nullable;

/// An IP address: an IPv4 one in the low 32 bits of `low`, or all 128 bits of an IPv6 one.
/// Immutable.
///
/// Its text is canonical (RFC 5952), so two spellings of one address are equal. IPv4 comes before
/// IPv6, and each in the order of its bits.
public record IpAddress(boolean isV4, long high, long low) implements Comparable<IpAddress> {
  public static IpAddress v4(int address) {
    return new IpAddress(true, 0, address & 0xffffffffL);
  }

  public static IpAddress v6(long high, long low) {
    return new IpAddress(false, high, low);
  }

  /// Reads an address as the API writes it: no leading zeros in IPv4, no zone and no embedded
  /// brackets in IPv6.
  ///
  /// @throws IllegalArgumentException if the text is not an address
  public static IpAddress parse(String text) {
    return IpText.parse(text);
  }

  /// As [#parse], but null if the text is not an address.
  public static @Nullable IpAddress tryParse(String text) {
    try {
      return parse(text);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /// The IPv4 address as 32 bits, most significant octet first.
  public int v4Bits() {
    return (int) low;
  }

  @Override
  public int compareTo(IpAddress other) {
    if (isV4 != other.isV4) {
      return isV4 ? -1 : 1;
    }
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return IpText.format(this);
  }
}
