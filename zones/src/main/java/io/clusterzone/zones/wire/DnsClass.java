package io.clusterzone.zones.wire;

/// The numbers of the classes that mean something here (RFC 1035 section 3.2.4).
public final class DnsClass {
  public static final int IN = 1;
  public static final int CH = 3;

  private DnsClass() {}
}
