package io.clusterzone.dns.ops.drain;

import java.util.function.LongSupplier;

/// Whether a server is about to stop, and when it may.
///
/// ```
///   SERVING --begin()--> DRAINING: /ready says no, queries are answered --poll()--> STOPPING
/// ```
///
/// Clients come until every node has heard that the endpoint is gone, a time that cannot be known;
/// so it answers through the lameduck time, then until no query comes any more, within a bound.
///
/// [#draining] is safe on any thread; [#begin] and [#poll] are called by the thread that stops the
/// server.
public final class DrainState {
  private final LongSupplier nanoClock;
  private final LongSupplier queries;
  private volatile boolean draining;
  private DrainLimits limits = DrainLimits.NONE;
  private long beginNanos;
  private long lastQueryNanos;
  private long lastQueries;

  /// @param queries that have come so far
  public DrainState(LongSupplier nanoClock, LongSupplier queries) {
    this.nanoClock = nanoClock;
    this.queries = queries;
  }

  /// Begins the end. A second call changes nothing.
  public void begin(DrainLimits until) {
    if (!draining) {
      limits = until;
      beginNanos = nanoClock.getAsLong();
      lastQueryNanos = beginNanos;
      lastQueries = queries.getAsLong();
      draining = true;
    }
  }

  /// Whether the end has begun: the server is not ready for new clients.
  public boolean draining() {
    return draining;
  }

  /// Whether the server may stop now. To be asked several times within the quiet time.
  public boolean poll() {
    long nowNanos = nanoClock.getAsLong();
    long count = queries.getAsLong();
    if (count != lastQueries) {
      lastQueries = count;
      lastQueryNanos = nowNanos;
    }
    long spent = nowNanos - beginNanos;
    return spent >= limits.maximum().toNanos()
        || (spent >= limits.lameduck().toNanos()
            && nowNanos - lastQueryNanos >= limits.quiet().toNanos());
  }

  /// Begins, and waits until the server may stop.
  public void await(DrainLimits until) throws InterruptedException {
    begin(until);
    while (!poll()) {
      Thread.sleep(100);
    }
  }
}
