package io.clusterzone.dns.ops.drain;

import java.time.Duration;

/// The time that a server goes on answering after the signal to stop.
///
/// @param lameduck at least this long, whatever comes
/// @param quiet then until no query has come for this long
/// @param maximum but no longer than this in all
public record DrainLimits(Duration lameduck, Duration quiet, Duration maximum) {
  /// Stops at once, without a delay.
  public static final DrainLimits NONE =
      new DrainLimits(Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /// The longest time past the lameduck time that queries may keep a server up.
  private static final Duration EXTRA = Duration.ofSeconds(10);

  private static final Duration QUIET = Duration.ofSeconds(1);

  /// The limits that go with the `lameduck` of the directive `health`.
  public static DrainLimits ofLameduck(Duration lameduck) {
    return lameduck.isZero() ? NONE : new DrainLimits(lameduck, QUIET, lameduck.plus(EXTRA));
  }
}
