package io.clusterzone.k8s.made;

import io.clusterzone.k8s.model.IpAddress;

/// A range of addresses to give away: a network without the addresses that have a meaning of their
/// own, the first one and in IPv4 the last. Immutable.
///
/// @param network its first address; bits behind the prefix are zero
/// @param prefixLength 8 to 30 bits of an IPv4 range, 48 to 126 of an IPv6 one
public record AddressRange(IpAddress network, int prefixLength) {
  /// The addresses of a larger range behind these are left alone.
  private static final int MAX_HOST_BITS = 62;

  public AddressRange {
    int width = network.isV4() ? 32 : 128;
    int least = network.isV4() ? 8 : 48;
    if (prefixLength < least || prefixLength > width - 2) {
      throw new IllegalArgumentException(
          "the prefix of an %s range is %d to %d bits long, not %d"
              .formatted(IpFamily.of(network), least, width - 2, prefixLength));
    }
    network = masked(network, width - prefixLength);
  }

  /// Reads an address, a slash and a length; bits behind the prefix are passed over.
  ///
  /// @throws IllegalArgumentException if the text is no range that addresses can be given from
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("expected an address range such as 10.96.0.0/16");
    }
    String length = text.substring(slash + 1);
    if (!length.matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException("\"" + length + "\" is not the length of a prefix");
    }
    return new AddressRange(IpAddress.parse(text.substring(0, slash)), Integer.parseInt(length));
  }

  private static IpAddress masked(IpAddress address, int hostBits) {
    if (address.isV4()) {
      return IpAddress.v4(address.v4Bits() & -1 << hostBits);
    }
    return hostBits <= 63
        ? IpAddress.v6(address.high(), address.low() & -1L << hostBits)
        : IpAddress.v6(address.high() & -1L << (hostBits - 64), 0);
  }

  public IpFamily family() {
    return IpFamily.of(network);
  }

  /// The number of addresses to give.
  long size() {
    int hostBits = (network.isV4() ? 32 : 128) - prefixLength;
    long all = 1L << Math.min(hostBits, MAX_HOST_BITS);
    return all - (network.isV4() ? 2 : 1);
  }

  /// The address at an index from 0 to the size; the network's own comes before it.
  IpAddress at(long index) {
    return network.isV4()
        ? IpAddress.v4((int) (network.low() + 1 + index))
        : IpAddress.v6(network.high(), network.low() + 1 + index);
  }

  /// Whether an address is in both.
  public boolean overlaps(AddressRange other) {
    boolean isWider = prefixLength <= other.prefixLength;
    AddressRange wider = isWider ? this : other;
    AddressRange narrower = isWider ? other : this;
    return family() == other.family()
        && new AddressRange(narrower.network, wider.prefixLength).equals(wider);
  }

  @Override
  public String toString() {
    return network + "/" + prefixLength;
  }
}
