package io.clusterzone.dns.compare;

import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.wire.DnsClass;

/// The parts of RDATA, for the types that have names which a server may compress (RFC 3597 section
/// 4) and for those whose length is known.
final class RdataLayout {
  /// A part that is a domain name; any part of 0 or more is that many octets.
  static final int NAME = -1;

  /// One character string (RFC 1035 section 3.3).
  static final int STRING = -2;

  /// One character string or more, to the end.
  static final int STRINGS = -3;

  /// Octets without a known form, to the end.
  static final int REST = -4;

  private static final int[] UNKNOWN = {REST};

  private RdataLayout() {}

  static int[] of(int type, int recordClass) {
    if (recordClass != DnsClass.IN && (type == RRType.A || type == RRType.AAAA)) {
      return UNKNOWN;
    }
    return switch (type) {
      case RRType.A -> new int[] {4};
      case RRType.AAAA -> new int[] {16};
      // Also MD, MF, MB, MG, MR.
      case RRType.NS, RRType.CNAME, RRType.PTR, RRType.DNAME, 3, 4, 7, 8, 9 -> new int[] {NAME};
      case RRType.SOA -> new int[] {NAME, NAME, 20};
      case RRType.SRV -> new int[] {6, NAME};
      case RRType.TXT -> new int[] {STRINGS};
      case RRType.HINFO -> new int[] {STRING, STRING};
      // MX, AFSDB, RT, KX.
      case 15, 18, 21, 36 -> new int[] {2, NAME};
      // MINFO, RP.
      case 14, 17 -> new int[] {NAME, NAME};
      // PX.
      case 26 -> new int[] {2, NAME, NAME};
      // NAPTR.
      case 35 -> new int[] {4, STRING, STRING, STRING, NAME};
      default -> UNKNOWN;
    };
  }
}
