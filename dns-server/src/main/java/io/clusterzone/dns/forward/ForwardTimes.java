package io.clusterzone.dns.forward;

import java.time.Duration;

/// How long an exchange with an upstream may take, and how long its connections are kept.
///
/// @param attempt for one upstream to answer
/// @param total for all attempts together
/// @param expire after which an idle connection is closed
/// @param maxAge after which a connection takes no more queries; zero for no limit
/// @param maxIdle idle connections kept per event loop and upstream; zero for no limit of its own
public record ForwardTimes(
    Duration attempt, Duration total, Duration expire, Duration maxAge, int maxIdle) {
  public static final ForwardTimes DEFAULT =
      new ForwardTimes(
          Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ZERO, 0);

  /// The same with another time for an upstream to answer, which one attempt has whole.
  public ForwardTimes withAttempt(Duration timeout) {
    Duration longer = total.compareTo(timeout) < 0 ? timeout : total;
    return new ForwardTimes(timeout, longer, expire, maxAge, maxIdle);
  }

  long expireNanos() {
    return expire.toNanos();
  }

  long maxAgeNanos() {
    return maxAge.toNanos();
  }
}
