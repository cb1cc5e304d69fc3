package io.clusterzone.zones.answer;

import io.clusterzone.zones.wire.Edns;

/// The form of the replies of one server block.
///
/// @param minimal leave the additional section of positive answers empty
/// @param rotate start the addresses of each answer at one chosen at random
/// @param maxUdpSize octets of the largest reply over UDP, and the size we advertise: 512 to 4096
/// @param nsid the name server's identifier, for clients that ask
public record AnswerOptions(boolean minimal, boolean rotate, int maxUdpSize, Nsid nsid) {
  /// Not to be fragmented on any path that is in use today (RFC 9715 section 3.2).
  public static final int DEFAULT_MAX_UDP_SIZE = 1232;

  private static final int LARGEST_MAX_UDP_SIZE = 4096;

  public static final AnswerOptions DEFAULT =
      new AnswerOptions(false, false, DEFAULT_MAX_UDP_SIZE, Nsid.NONE);

  /// @throws IllegalArgumentException if the size is out of its range
  public AnswerOptions {
    if (maxUdpSize < Edns.MIN_SIZE || maxUdpSize > LARGEST_MAX_UDP_SIZE) {
      throw new IllegalArgumentException("a UDP size is in 512..4096, not " + maxUdpSize);
    }
  }
}
