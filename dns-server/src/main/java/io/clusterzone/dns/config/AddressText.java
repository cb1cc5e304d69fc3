package io.clusterzone.dns.config;

import io.clusterzone.k8s.model.IpAddress;

/// IP addresses as a Corefile writes them.
final class AddressText {
  private AddressText() {}

  static boolean isAddress(String text) {
    try {
      IpAddress.parse(text);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
