package io.clusterzone.zones.wire;

/// The response codes this server gives (RFC 1035 section 4.1.1; above 15, RFC 6891 section 6.1.3).
public final class Rcode {
  /// The largest that fits the header.
  public static final int MAX_IN_HEADER = 15;

  public static final int NOERROR = 0;
  public static final int FORMERR = 1;
  public static final int SERVFAIL = 2;
  public static final int NXDOMAIN = 3;
  public static final int NOTIMP = 4;
  public static final int REFUSED = 5;

  /// The name that a DNAME leads to is too long (RFC 6672 section 2.2).
  public static final int YXDOMAIN = 6;

  public static final int NOTAUTH = 9;

  /// Takes more than four bits: it needs an OPT record in the reply.
  public static final int BADVERS = 16;

  private Rcode() {}
}
