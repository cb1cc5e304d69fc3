package io.clusterzone.dns.ops;

/// The places of the numbers of one [Scope], counted from its first.
///
/// ```
///   | requests: protocol x family x type | responses: rcode x stage | DO
///   | request sizes: protocol x (buckets, sum) | response sizes: same | durations: buckets, sum |
///   | shed: reason |
/// ```
final class ScopeSlots {
  private static final int FAMILIES = 2;
  private static final int PROTOCOLS = Protocol.values().length;
  private static final int STAGES = Stage.values().length;

  /// Response codes 0 to 23, those of RFC 6895; the last place takes any above.
  static final int RCODES = 25;

  private static final int SIZES = Buckets.SIZE.places() + 1;

  private static final int RESPONSES = PROTOCOLS * FAMILIES * TypeLabels.COUNT;
  static final int DNSSEC_OK = RESPONSES + RCODES * STAGES;
  private static final int REQUEST_SIZES = DNSSEC_OK + 1;
  private static final int RESPONSE_SIZES = REQUEST_SIZES + PROTOCOLS * SIZES;

  /// The first bucket of durations; the sum of nanoseconds follows the buckets.
  static final int DURATIONS = RESPONSE_SIZES + PROTOCOLS * SIZES;

  private static final int SHED = DURATIONS + Buckets.DURATION.places() + 1;

  static final int COUNT = SHED + ShedReason.values().length;

  private ScopeSlots() {}

  static int request(Protocol protocol, boolean ipv6, int type) {
    return requestOfSlot(protocol, ipv6, TypeLabels.slot(type));
  }

  static int requestOfSlot(Protocol protocol, boolean ipv6, int typeSlot) {
    return (protocol.slot() * FAMILIES + (ipv6 ? 1 : 0)) * TypeLabels.COUNT + typeSlot;
  }

  static int response(int rcode, Stage stage) {
    return RESPONSES + Math.min(rcode, RCODES - 1) * STAGES + stage.slot();
  }

  /// The first bucket of request sizes; the sum of octets follows the buckets.
  static int requestSizes(Protocol protocol) {
    return REQUEST_SIZES + protocol.slot() * SIZES;
  }

  static int responseSizes(Protocol protocol) {
    return RESPONSE_SIZES + protocol.slot() * SIZES;
  }

  static int shed(ShedReason reason) {
    return SHED + reason.slot();
  }
}
