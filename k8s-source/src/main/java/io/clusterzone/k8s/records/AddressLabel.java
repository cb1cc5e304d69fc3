package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.IpAddress;

/// Addresses as labels: `10-1-2-3`, `fd00--1`.
final class AddressLabel {
  private AddressLabel() {}

  /// The canonical text of the address (RFC 5952) with hyphens for its dots or colons.
  static String of(IpAddress address) {
    return address.toString().replace(address.isV4() ? '.' : ':', '-');
  }
}
