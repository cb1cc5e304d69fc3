package io.clusterzone.dns.config;

/// `nsid`: tells clients that ask which server answered (RFC 5001).
///
/// @param data at most 255 octets; empty: the name of the host
public record Nsid(String data) implements Directive {
  public static final int MAX_OCTETS = 255;

  public static final Nsid DEFAULT = new Nsid("");
}
