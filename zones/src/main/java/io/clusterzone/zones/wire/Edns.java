package io.clusterzone.zones.wire;

/// The numbers of EDNS(0) (RFC 6891).
///
/// ```
///   OPT   owner 0:1  TYPE 41:2  SIZE:2  RCODE-HIGH:1  VERSION:1  DO:1bit Z:15bit  RDLENGTH:2  options
///   option            CODE:2  LENGTH:2  data
/// ```
public final class Edns {
  /// Octets of an OPT record without options, its root owner included.
  public static final int OPT_LENGTH = 11;

  /// Octets of an option before its data.
  public static final int OPTION_HEADER_LENGTH = 4;

  /// DNSSEC OK, the one flag (RFC 3225).
  public static final int DO = 0x8000;

  /// The UDP size of a client that says nothing, and the least it can say (RFC 6891 section 6.2.3).
  public static final int MIN_SIZE = 512;

  /// Name server identifier (RFC 5001).
  public static final int NSID = 3;

  /// Extended DNS error (RFC 8914).
  public static final int EXTENDED_ERROR = 15;

  /// A query that a server repeats to another one to compare their replies: of the codes for local
  /// use (RFC 6891 section 9), without data. Whoever does not know it ignores it.
  public static final int REPEATED = 65_253;

  private Edns() {}
}
