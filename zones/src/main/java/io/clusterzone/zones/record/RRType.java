package io.clusterzone.zones.record;

/// The numbers of the RR types known by name (RFC 1035 section 3.2.2 and later documents).
///
/// Plain numbers, not an enum: a question may carry any of 65536 types.
public final class RRType {
  public static final int A = 1;
  public static final int NS = 2;
  public static final int CNAME = 5;
  public static final int SOA = 6;
  public static final int PTR = 12;
  public static final int HINFO = 13;
  public static final int TXT = 16;
  public static final int AAAA = 28;
  public static final int SRV = 33;
  public static final int DNAME = 39;
  public static final int OPT = 41;
  public static final int DS = 43;
  public static final int IXFR = 251;
  public static final int AXFR = 252;
  public static final int ANY = 255;

  private RRType() {}

  /// Whether [Rdata] has a case for this type.
  static boolean hasRdataCase(int type) {
    return switch (type) {
      case A, NS, CNAME, SOA, PTR, HINFO, TXT, AAAA, SRV, DNAME -> true;
      default -> false;
    };
  }
}
