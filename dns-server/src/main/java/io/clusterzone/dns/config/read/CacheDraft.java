package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.Cache;
import io.clusterzone.zones.name.Name;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The line and options of a `cache` block so far; the initial values are the defaults.
final class CacheDraft {
  List<Name> zones;
  final Sort success = new Sort(Cache.DEFAULT_SUCCESS_TTL_SECONDS);
  final Sort denial = new Sort(Cache.DEFAULT_DENIAL_TTL_SECONDS);
  Cache.Prefetch prefetch = Cache.Prefetch.OFF;
  final Stale stale = new Stale();
  Duration failureTtl = Cache.DEFAULT_FAILURE_TTL;
  boolean keepTtl;

  CacheDraft(List<Name> zones) {
    this.zones = zones;
  }

  /// The options for replies of one sort.
  static final class Sort {
    int capacity = Cache.DEFAULT_CAPACITY;
    int maxTtlSeconds;
    int minTtlSeconds = Cache.DEFAULT_MIN_TTL_SECONDS;
    final List<Name> disabled = new ArrayList<>();

    Sort(int maxTtlSeconds) {
      this.maxTtlSeconds = maxTtlSeconds;
    }

    Cache.Bounds build() {
      return new Cache.Bounds(capacity, maxTtlSeconds, minTtlSeconds, disabled);
    }
  }

  static final class Stale {
    Duration duration = Duration.ZERO;
    boolean verify;
    Duration verifyTimeout = Duration.ZERO;
    int ttlSeconds = Cache.Stale.DEFAULT_TTL_SECONDS;

    /// Null while nothing was said.
    @Nullable Duration recheck;

    boolean preferData;

    private Cache.Stale build(Duration failureTtl) {
      return duration.isZero()
          ? Cache.Stale.OFF
          : new Cache.Stale(
              duration,
              verify,
              verifyTimeout,
              ttlSeconds,
              recheck == null ? failureTtl : recheck,
              preferData);
    }
  }

  Cache build() {
    return new Cache(
        zones,
        success.build(),
        denial.build(),
        prefetch,
        stale.build(failureTtl),
        failureTtl,
        keepTtl);
  }
}
