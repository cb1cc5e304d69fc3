package io.clusterzone.dns.config.read;

import io.clusterzone.dns.config.text.Arguments;
import io.clusterzone.dns.config.text.GoDuration;
import java.time.Duration;

/// The durations that an argument may be, for checks and for the manual.
///
/// @param range the range in the manual's words
record Durations(Duration least, Duration most, String range) {
  Durations(Duration least, Duration most) {
    this(least, most, GoDuration.format(least) + " to " + GoDuration.format(most));
  }

  static Durations upTo(Duration most) {
    return new Durations(Duration.ZERO, most, "0 to " + GoDuration.format(most));
  }

  Duration read(Arguments arguments, int index) {
    return arguments.duration(index, least, most);
  }
}
