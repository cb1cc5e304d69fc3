package io.clusterzone.k8s.thread;

import java.time.Duration;
import java.util.function.LongSupplier;

/// The time of the last look at something that changes, as a file, and its interval. Written by the
/// thread that looks, read on any.
public final class LastLook {
  /// The extra time that a look may take on a busy machine.
  private static final Duration SLACK = Duration.ofSeconds(10);

  private final String source;
  private final LongSupplier nanoClock;
  private volatile Duration interval;
  private volatile long takenNanos;

  /// Begins with a look that has just been taken.
  ///
  /// @param source the thing looked at, in an operator's words
  /// @param interval between two looks
  public LastLook(String source, Duration interval, LongSupplier nanoClock) {
    this.source = source;
    this.interval = interval;
    this.nanoClock = nanoClock;
    this.takenNanos = nanoClock.getAsLong();
  }

  /// It has been looked at now.
  public void taken() {
    takenNanos = nanoClock.getAsLong();
  }

  /// Looks come in another interval from now on; zero if none is due.
  public void every(Duration next) {
    interval = next;
  }

  public String source() {
    return source;
  }

  public Duration interval() {
    return interval;
  }

  public Duration age() {
    return Duration.ofNanos(nanoClock.getAsLong() - takenNanos);
  }

  /// Whether more than two looks in a row are missing.
  public boolean isLate() {
    return !interval.isZero() && age().compareTo(interval.multipliedBy(3).plus(SLACK)) > 0;
  }

  /// The remark for an operator while it is late.
  public String remark() {
    return "%s: looked at last %d s ago, instead of every %d s"
        .formatted(source, age().toSeconds(), interval.toSeconds());
  }
}
