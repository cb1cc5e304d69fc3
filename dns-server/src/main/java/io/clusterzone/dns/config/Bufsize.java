package io.clusterzone.dns.config;

/// `bufsize`: the largest UDP reply, whatever a client announces (RFC 6891 section 6.2.5).
///
/// @param octets 512 to 4096
public record Bufsize(int octets) implements Directive {
  public static final int MIN_OCTETS = 512;
  public static final int MAX_OCTETS = 4096;

  /// Fits an Ethernet frame over IPv6 (RFC 9715 section 3.1).
  public static final int DEFAULT_OCTETS = 1232;

  public static final Bufsize DEFAULT = new Bufsize(DEFAULT_OCTETS);
}
