package io.clusterzone.zones.wire;

/// The INFO-CODEs of extended DNS errors this server gives (RFC 8914 section 5.2).
public final class ExtendedError {
  /// No extended error at all.
  public static final int NONE = -1;

  public static final int OTHER = 0;
  public static final int STALE_ANSWER = 3;
  public static final int CACHED_ERROR = 13;
  public static final int NOT_READY = 14;
  public static final int BLOCKED = 15;
  public static final int FILTERED = 17;
  public static final int STALE_NXDOMAIN = 19;
  public static final int NOT_AUTHORITATIVE = 20;
  public static final int NO_REACHABLE_AUTHORITY = 22;
  public static final int NETWORK_ERROR = 23;

  private ExtendedError() {}

  /// The code's name in the registry of RFC 8914, for the codes above; empty without an error.
  public static String name(int code) {
    return switch (code) {
      case NONE -> "";
      case STALE_ANSWER -> "Stale Answer";
      case CACHED_ERROR -> "Cached Error";
      case NOT_READY -> "Not Ready";
      case BLOCKED -> "Blocked";
      case FILTERED -> "Filtered";
      case STALE_NXDOMAIN -> "Stale NXDOMAIN Answer";
      case NOT_AUTHORITATIVE -> "Not Authoritative";
      case NO_REACHABLE_AUTHORITY -> "No Reachable Authority";
      case NETWORK_ERROR -> "Network Error";
      default -> "Other";
    };
  }

  /// The code of an answer that may be out of date: a name error has one of its own (RFC 8914
  /// sections 4.4 and 4.20).
  public static int ofStale(int rcode) {
    return rcode == Rcode.NXDOMAIN ? STALE_NXDOMAIN : STALE_ANSWER;
  }
}
