package io.clusterzone.dns.compare;

import java.util.List;

/// The OPT record of a reply (RFC 6891 section 6.1.2).
///
/// @param flags DO, and fifteen bits that are to be zero
/// @param udpSize in octets; a property of the server, not of the answer
/// @param options the codes, ascending, without NSID and Extended DNS Errors, which each server
///   words for itself
public record SeenEdns(int version, int flags, int udpSize, List<Integer> options) {
  public SeenEdns {
    options = options.stream().sorted().toList();
  }

  /// The part that two servers should agree on.
  SeenEdns withoutSize() {
    return new SeenEdns(version, flags, 0, options);
  }
}
