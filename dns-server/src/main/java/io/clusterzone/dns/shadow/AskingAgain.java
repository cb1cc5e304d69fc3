package io.clusterzone.dns.shadow;

import java.time.Duration;

/// When a question is asked again that was answered differently.
///
/// @param interval between two times
/// @param often how long it is asked in that interval
/// @param mostTtl the longest TTL of the other server's reply after which it is asked once more:
///   that may come from a cache
record AskingAgain(Duration interval, Duration often, Duration mostTtl) {
  static final AskingAgain DEFAULT =
      new AskingAgain(Duration.ofMillis(100), Duration.ofSeconds(5), Duration.ofMinutes(1));

  /// TTLs are whole seconds.
  private static final Duration ROUNDED = Duration.ofSeconds(1);

  /// From the first to the last time.
  Duration inAll(long ttlSeconds) {
    Duration ttl = Duration.ofSeconds(ttlSeconds).plus(ROUNDED);
    Duration waited = ttl.compareTo(mostTtl) < 0 ? ttl : mostTtl;
    return waited.compareTo(often) < 0 ? often : waited;
  }
}
