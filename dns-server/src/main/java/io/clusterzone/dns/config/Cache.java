package io.clusterzone.dns.config;

import io.clusterzone.zones.name.Name;
import java.time.Duration;
import java.util.List;

/// `cache`: remembers what upstreams said. What this server knows itself is never cached.
///
/// @param zones at or below which names are cached
/// @param success the bounds on replies with data
/// @param denial the bounds on NXDOMAIN and NODATA
/// @param prefetch [Prefetch#OFF] by default
/// @param stale [Stale#OFF] by default
/// @param failureTtl the time for which a SERVFAIL is kept; zero: not at all
/// @param keepTtl whether replies keep the TTL they came with until they expire
public record Cache(
    List<Name> zones,
    Bounds success,
    Bounds denial,
    Prefetch prefetch,
    Stale stale,
    Duration failureTtl,
    boolean keepTtl)
    implements Directive {
  public static final int DEFAULT_CAPACITY = 9984;
  public static final int MAX_CAPACITY = 10_000_000;
  public static final int DEFAULT_SUCCESS_TTL_SECONDS = 3600;
  public static final int DEFAULT_DENIAL_TTL_SECONDS = 1800;

  /// RFC 2181 section 8.
  public static final int MAX_TTL_SECONDS = Integer.MAX_VALUE;

  /// CoreDNS has 5, and so keeps records whose owner wants them asked for each time.
  public static final int DEFAULT_MIN_TTL_SECONDS = 0;

  public static final Duration DEFAULT_FAILURE_TTL = Duration.ofSeconds(5);

  /// RFC 9520 section 3.2.
  public static final Duration MAX_FAILURE_TTL = Duration.ofMinutes(5);

  public Cache {
    zones = List.copyOf(zones);
  }

  /// The bounds on the kept replies of one sort, in number and time.
  ///
  /// @param capacity replies of ordinary size; fewer if they are larger
  /// @param maxTtlSeconds the cap on TTLs
  /// @param minTtlSeconds for how long a reply is kept at the least; TTLs are never raised
  /// @param disabled names at or below which nothing of this sort is cached
  public record Bounds(int capacity, int maxTtlSeconds, int minTtlSeconds, List<Name> disabled) {
    public Bounds {
      disabled = List.copyOf(disabled);
    }
  }

  /// Asking again in the background for popular replies that are about to expire.
  ///
  /// @param hits that make a reply popular; 0: prefetching is off
  /// @param window without a hit after which a reply is no longer popular
  /// @param percentage of the TTL that remains when it is asked for again, 10 to 90
  public record Prefetch(int hits, Duration window, int percentage) {
    public static final Duration DEFAULT_WINDOW = Duration.ofMinutes(1);
    public static final int DEFAULT_PERCENTAGE = 10;
    public static final Prefetch OFF = new Prefetch(0, DEFAULT_WINDOW, DEFAULT_PERCENTAGE);

    public boolean isOff() {
      return hits == 0;
    }
  }

  /// Using expired replies (RFC 8767).
  ///
  /// @param duration for how long after they expired; zero: stale replies are not used
  /// @param verify whether the upstream is asked first, and the expired reply used only if that
  ///   fails
  /// @param verifyTimeout the time that a client waits for that; zero: as long as forwarding takes
  /// @param ttlSeconds the highest TTL that an expired reply is used with
  /// @param recheck after an attempt that failed, how long until the upstream is asked again
  /// @param preferData whether a denial does not end data that may still be used
  public record Stale(
      Duration duration,
      boolean verify,
      Duration verifyTimeout,
      int ttlSeconds,
      Duration recheck,
      boolean preferData) {
    public static final Duration DEFAULT_DURATION = Duration.ofHours(1);

    /// RFC 8767 section 4.
    public static final int DEFAULT_TTL_SECONDS = 30;

    /// RFC 8767 section 5: "at most ... 5 minutes".
    public static final Duration MAX_RECHECK = Duration.ofMinutes(5);

    public static final Stale OFF =
        new Stale(
            Duration.ZERO, false, Duration.ZERO, DEFAULT_TTL_SECONDS, DEFAULT_FAILURE_TTL, false);

    public boolean isOff() {
      return duration.isZero();
    }
  }
}
