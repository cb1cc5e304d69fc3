package io.clusterzone.dns.forward.cache;

import io.clusterzone.zones.name.Name;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one block remembers replies. Each value is a setting of the directive `cache`.
///
/// @param zones at or below which names are cached
/// @param success what bounds replies with data
/// @param negative what bounds NXDOMAIN and NODATA
/// @param prefetch null for none
/// @param stale null where expired replies are not used
/// @param failureTtl how long a failure is remembered; zero for not at all, at most five minutes
///   (RFC 9520 section 3.2)
/// @param keepTtl whether replies keep the TTL they came with until they expire
public record CacheOptions(
    List<Name> zones,
    Bounds success,
    Bounds negative,
    @Nullable Prefetch prefetch,
    @Nullable Stale stale,
    Duration failureTtl,
    boolean keepTtl) {
  public CacheOptions {
    zones = List.copyOf(zones);
  }

  /// How much of one sort is remembered, and for how long.
  ///
  /// @param capacity replies of [ResponseCache#OCTETS_PER_REPLY] octets; fewer if they are longer
  /// @param maxTtlSeconds the cap on TTLs
  /// @param minTtlSeconds for how long a reply is kept at the least; its records' TTLs are never
  ///   raised
  /// @param disabled names at or below which nothing of this sort is cached
  public record Bounds(int capacity, int maxTtlSeconds, int minTtlSeconds, List<Name> disabled) {
    public Bounds {
      disabled = List.copyOf(disabled);
    }
  }

  /// Ask again in the background for what is asked for often and about to expire.
  ///
  /// @param hits that make a reply popular
  /// @param window without a hit after which it no longer is
  /// @param percentage of the TTL that may remain
  public record Prefetch(int hits, Duration window, int percentage) {}

  /// Use expired replies when there is nothing better (RFC 8767).
  ///
  /// @param duration for how long after they expired
  /// @param verify ask the upstream first, and use the expired reply only if that fails
  /// @param verifyTimeout how long a client waits for that; zero for as long as forwarding takes
  /// @param ttlSeconds the highest TTL of an expired reply's records (RFC 8767 section 4)
  /// @param recheck until the upstream is asked again after an attempt that failed (section 5)
  /// @param preferData whether a negative answer does not end data that may still be used
  public record Stale(
      Duration duration,
      boolean verify,
      Duration verifyTimeout,
      int ttlSeconds,
      Duration recheck,
      boolean preferData) {}
}
