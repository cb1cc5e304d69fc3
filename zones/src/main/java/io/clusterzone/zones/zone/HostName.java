package io.clusterzone.zones.zone;

import io.clusterzone.zones.name.Name;

/// The rules of host names: labels of letters, digits and hyphens with a letter or digit at both
/// ends (RFC 952, RFC 1123 section 2.1), or `*` for the first one. [MasterFile] asks, on any
/// thread.
final class HostName {
  private HostName() {}

  static boolean is(Name name) {
    byte[] wire = name.toFoldedWire();
    boolean wildcard = wire[0] == 1 && wire[1] == '*';
    for (int at = wildcard ? 2 : 0; wire[at] != 0; at += 1 + wire[at]) {
      if (!isLabel(wire, at + 1, at + wire[at])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLabel(byte[] wire, int first, int last) {
    for (int i = first; i <= last; i++) {
      byte c = wire[i];
      boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!alphanumeric && (c != '-' || i == first || i == last)) {
        return false;
      }
    }
    return true;
  }
}
