package io.clusterzone.dns.ops;

/// Where the numbers of one [Scope] stand, counted from its first.
///
/// ```
///   | requests: protocol x family x type | responses: rcode x stage | octets: 2 x protocol | DO |
/// ```
final class ScopeSlots {
  private static final int FAMILIES = 2;
  private static final int PROTOCOLS = 2;
  private static final int STAGES = Stage.values().length;

  /// Response codes 0 to 23, those of RFC 6895; the last place takes any above.
  static final int RCODES = 25;

  private static final int RESPONSES = PROTOCOLS * FAMILIES * TypeLabels.COUNT;
  private static final int REQUEST_OCTETS = RESPONSES + RCODES * STAGES;
  private static final int RESPONSE_OCTETS = REQUEST_OCTETS + PROTOCOLS;

  static final int DNSSEC_OK = RESPONSE_OCTETS + PROTOCOLS;
  static final int COUNT = DNSSEC_OK + 1;

  private ScopeSlots() {}

  static int request(boolean tcp, boolean ipv6, int type) {
    return requestOfSlot(tcp, ipv6, TypeLabels.slot(type));
  }

  static int requestOfSlot(boolean tcp, boolean ipv6, int typeSlot) {
    return (protocol(tcp) * FAMILIES + (ipv6 ? 1 : 0)) * TypeLabels.COUNT + typeSlot;
  }

  static int response(int rcode, Stage stage) {
    return RESPONSES + Math.min(rcode, RCODES - 1) * STAGES + stage.slot();
  }

  static int requestOctets(boolean tcp) {
    return REQUEST_OCTETS + protocol(tcp);
  }

  static int responseOctets(boolean tcp) {
    return RESPONSE_OCTETS + protocol(tcp);
  }

  private static int protocol(boolean tcp) {
    return tcp ? 1 : 0;
  }
}
