package io.clusterzone.dns.config;

import io.clusterzone.k8s.model.IpAddress;

/// The addresses that begin with the same bits: an address and how many of its bits count (RFC 4632
/// section 3.1, RFC 4291 section 2.3).
///
/// @param address whose bits behind the prefix are zero
/// @param bits 0 to 32, or to 128 for IPv6
public record Network(IpAddress address, int bits) {
  private static final int V4_BITS = 32;
  private static final int V6_BITS = 128;

  /// Clears the bits behind the prefix.
  public Network {
    int free = (address.isV4() ? V4_BITS : V6_BITS) - bits;
    long high = address.high() & ~ones(free - Long.SIZE);
    long low = address.low() & ~ones(Math.min(free, Long.SIZE));
    address = new IpAddress(address.isV4(), high, low);
  }

  /// Reads `ADDRESS` or `ADDRESS/BITS`.
  ///
  /// @throws IllegalArgumentException if it is neither
  public static Network parse(String text) {
    int slash = text.indexOf('/');
    IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
    int most = address.isV4() ? V4_BITS : V6_BITS;
    if (slash < 0) {
      return new Network(address, most);
    }
    String bits = text.substring(slash + 1);
    boolean number = bits.matches("[0-9]{1,3}");
    if (!number || Integer.parseInt(bits) > most) {
      throw new IllegalArgumentException("the length of a prefix is a number from 0 to " + most);
    }
    return new Network(address, Integer.parseInt(bits));
  }

  public IpAddress last() {
    int free = (address.isV4() ? V4_BITS : V6_BITS) - bits;
    long high = address.high() | ones(free - Long.SIZE);
    long low = address.low() | ones(Math.min(free, Long.SIZE));
    return new IpAddress(address.isV4(), high, low);
  }

  /// A number whose `count` low bits are set; none for a count below zero.
  private static long ones(int count) {
    if (count <= 0) {
      return 0;
    }
    return -1L >>> (Long.SIZE - count);
  }

  @Override
  public String toString() {
    return address + "/" + bits;
  }
}
