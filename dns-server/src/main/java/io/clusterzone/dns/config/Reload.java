package io.clusterzone.dns.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// `reload`: reads the Corefile again when it changed. It is about the whole process; that of the
/// first block which has one holds.
///
/// @param interval between two looks, 2 s or more
/// @param jitter the most that an interval may be off, 0, or 1 s to half of `interval`
/// @param lastGood where the last Corefile that was good is kept, to start from when the Corefile
///   is not; null: nowhere
public record Reload(Duration interval, Duration jitter, @Nullable Path lastGood)
    implements Directive {
  public static final Duration MIN_INTERVAL = Duration.ofSeconds(2);
  public static final Duration MIN_JITTER = Duration.ofSeconds(1);
  public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);
  public static final Duration DEFAULT_JITTER = Duration.ofSeconds(15);
  public static final Reload DEFAULT = new Reload(DEFAULT_INTERVAL, DEFAULT_JITTER, null);

  @Override
  public boolean hasPart() {
    return false;
  }
}
