package io.clusterzone.dns.ops.top;

import java.time.Duration;

/// The base of ranks.
///
/// @param time from the first query that may be in them until now
/// @param queries answered in that time, as estimated
/// @param samples of them that were looked at
public record Coverage(Duration time, long queries, long samples) {
  /// The number of queries for each that was looked at; 1 while all are.
  public long oneIn() {
    return samples == 0 ? 1 : Math.max(1, Math.round((double) queries / samples));
  }
}
