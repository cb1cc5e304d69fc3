package io.clusterzone.dns.config;

/// `nsid`: names the answering server to clients that ask (RFC 5001).
///
/// @param data at most 128 octets; empty: the name of the host
public record Nsid(String data) implements Directive {
  /// Leaves room for the longest question and an SOA in 512 octets.
  public static final int MAX_OCTETS = 128;

  public static final Nsid DEFAULT = new Nsid("");
}
