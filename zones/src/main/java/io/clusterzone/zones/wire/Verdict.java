package io.clusterzone.zones.wire;

/// The parser's verdict on a received message, before its name is looked up.
///
/// Bad input is a value: no packet makes [QueryView] throw.
public enum Verdict {
  /// A question of class IN that may be looked up.
  QUERY,

  /// A question of class CH: for the `version.bind` family, or REFUSED.
  CHAOS,

  /// A question of any other class: REFUSED (RFC 1035 section 3.2.4 knows four, we serve one).
  OTHER_CLASS,

  /// AXFR or IXFR of class IN: for a zone transfer, or REFUSED.
  TRANSFER,

  /// An EDNS version above 0: answer BADVERS (RFC 6891 section 6.1.3).
  BADVERS,

  /// An opcode other than QUERY: answer NOTIMP with the header alone.
  NOTIMP,

  /// It does not parse: answer FORMERR with the header alone.
  FORMERR,

  /// Not even a header, or a response: answer nothing.
  DROP
}
