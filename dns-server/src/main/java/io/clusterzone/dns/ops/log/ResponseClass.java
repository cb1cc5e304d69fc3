package io.clusterzone.dns.ops.log;

/// The classes of responses that the directive `log` chooses from.
public enum ResponseClass {
  /// NOERROR with an answer.
  SUCCESS,
  /// NXDOMAIN, or NODATA: NOERROR without an answer.
  DENIAL,
  /// Any other response code.
  ERROR;

  static ResponseClass of(int rcode, int answers) {
    return switch (rcode) {
      case 0 -> answers > 0 ? SUCCESS : DENIAL;
      case 3 -> DENIAL;
      default -> ERROR;
    };
  }
}
