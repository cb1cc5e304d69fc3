package io.clusterzone.dns.forward.cache;

import io.clusterzone.dns.config.Cache;
import io.clusterzone.zones.answer.StoredReply;
import java.util.concurrent.TimeUnit;

/// A remembered reply, and how often it was used lately. Read and counted by all event loops; a
/// count that gets lost between two of them does no harm.
public final class CachedReply {
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

  public StoredReply reply() {
    return reply;
  }

  public int ageSeconds(long nowNanos) {
    return (int) TimeUnit.NANOSECONDS.toSeconds(nowNanos - storedNanos);
  }

  public boolean isFresh(long nowNanos) {
    return nowNanos - storedNanos < TimeUnit.SECONDS.toNanos(lifetimeSeconds);
  }

  int lifetimeSeconds() {
    return lifetimeSeconds;
  }

  /// Counts a use, and returns whether this makes the reply worth asking for again.
  public boolean hit(Cache.Prefetch prefetch, long nowNanos) {
    boolean forgotten = nowNanos - lastHitNanos > prefetch.window().toNanos();
    hits = forgotten ? 1 : hits + 1;
    lastHitNanos = nowNanos;
    long remaining = lifetimeSeconds - (long) ageSeconds(nowNanos);
    long threshold = Math.max(1, lifetimeSeconds * (long) prefetch.percentage() / 100);
    return hits >= prefetch.hits() && remaining <= threshold && startRefreshing();
  }

  /// Takes the right to ask for it again; one client's question does it at a time.
  public boolean startRefreshing() {
    if (refreshing) {
      return false;
    }
    refreshing = true;
    return true;
  }

  public void endRefreshing() {
    refreshing = false;
  }

  /// Whether a client has waited in vain for the upstream, which is still asked.
  public boolean isOverdue() {
    return overdue;
  }

  public void setOverdue(boolean waiting) {
    overdue = waiting;
  }
}
