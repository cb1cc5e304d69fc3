package io.clusterzone.zones.wire;

/// The places of the fields of a message's header, and the bits of its second word (RFC 1035
/// section 4.1.1, RFC 4035 section 3.2).
///
/// ```
///   0      2       4         6         8         10        12
///   +------+-------+---------+---------+---------+---------+
///   |  ID  | FLAGS | QDCOUNT | ANCOUNT | NSCOUNT | ARCOUNT |
///   +------+-------+---------+---------+---------+---------+
///
///   FLAGS  QR:1  OPCODE:4  AA:1  TC:1  RD:1  RA:1  Z:1  AD:1  CD:1  RCODE:4
/// ```
public final class Header {
  public static final int FLAGS = 2;
  public static final int QDCOUNT = 4;
  public static final int ANCOUNT = 6;
  public static final int NSCOUNT = 8;
  public static final int ARCOUNT = 10;

  /// Octets of a header.
  public static final int LENGTH = 12;

  public static final int QR = 0x8000;
  public static final int OPCODE = 0x7800;
  public static final int AA = 0x0400;
  public static final int TC = 0x0200;
  public static final int RD = 0x0100;
  public static final int RA = 0x0080;
  public static final int AD = 0x0020;
  public static final int CD = 0x0010;

  private Header() {}
}
