package io.clusterzone.dns.forward;

import io.clusterzone.zones.answer.StoredReply;
import java.util.concurrent.TimeUnit;

/// A remembered reply, and how often it was used lately. Read and counted by all event loops; a
/// count that gets lost between two of them does no harm.
final class CachedReply {
  private final StoredReply reply;
  private final long storedNanos;
  private final int lifetimeSeconds;
  private int hits;
  private long lastHitNanos;
  private volatile boolean refreshing;
  private volatile boolean overdue;

  CachedReply(StoredReply reply, long storedNanos, int lifetimeSeconds) {
    this.reply = reply;
    this.storedNanos = storedNanos;
    this.lifetimeSeconds = lifetimeSeconds;
    lastHitNanos = storedNanos;
  }

  StoredReply reply() {
    return reply;
  }

  int ageSeconds(long nowNanos) {
    return (int) TimeUnit.NANOSECONDS.toSeconds(nowNanos - storedNanos);
  }

  boolean isFresh(long nowNanos) {
    return nowNanos - storedNanos < TimeUnit.SECONDS.toNanos(lifetimeSeconds);
  }

  int lifetimeSeconds() {
    return lifetimeSeconds;
  }

  /// Counts a use, and tells whether this makes the reply worth asking for again.
  boolean hit(CacheOptions.Prefetch prefetch, long nowNanos) {
    boolean forgotten = nowNanos - lastHitNanos > prefetch.window().toNanos();
    hits = forgotten ? 1 : hits + 1;
    lastHitNanos = nowNanos;
    long remaining = lifetimeSeconds - (long) ageSeconds(nowNanos);
    long threshold = Math.max(1, lifetimeSeconds * (long) prefetch.percentage() / 100);
    return hits >= prefetch.hits() && remaining <= threshold && startRefreshing();
  }

  /// Takes the right to ask for it again; one client's question does it at a time.
  boolean startRefreshing() {
    if (refreshing) {
      return false;
    }
    refreshing = true;
    return true;
  }

  void endRefreshing() {
    refreshing = false;
  }

  /// Whether a client has waited in vain for the upstream, which is still asked.
  boolean isOverdue() {
    return overdue;
  }

  void setOverdue(boolean waiting) {
    overdue = waiting;
  }
}
