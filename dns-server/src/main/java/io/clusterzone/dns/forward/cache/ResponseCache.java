package io.clusterzone.dns.forward.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.clusterzone.dns.config.Cache.Bounds;
import io.clusterzone.dns.forward.reply.Question;
import io.clusterzone.dns.forward.reply.ReplyCleaner;
import io.clusterzone.dns.forward.reply.Resolution;
import io.clusterzone.zones.answer.StoredReply;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.ExtendedError;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The replies of upstreams, while they hold (RFC 1035 section 7.4, RFC 2308). Safe on any thread.
///
/// Bounded in octets; data, negative answers and failures each have a bound of their own. Of data
/// and a negative answer to one question the later is kept. A failure says nothing about the name,
/// and stands beside the reply known before (RFC 8767, RFC 9520 section 3.2).
public final class ResponseCache {
  /// The octets that one place of the configured capacity stands for.
  static final int OCTETS_PER_REPLY = 512;

  /// A key's cost besides its name, in octets: objects, table entry, expiry.
  private static final int KEY_OVERHEAD = 160;

  /// The bound on failures, in octets: some thousand of them.
  private static final int FAILURE_OCTETS = 1 << 20;

  private final io.clusterzone.dns.config.Cache options;
  private final Ticker clock;

  /// Null until something is to be remembered.
  private volatile @Nullable Stores made;

  private final LongAdder dataHits = new LongAdder();
  private final LongAdder negativeHits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder staleServed = new LongAdder();
  private final LongAdder prefetches = new LongAdder();

  public ResponseCache(io.clusterzone.dns.config.Cache options, Ticker clock) {
    this.options = options;
    this.clock = clock;
  }

  /// The stores of replies: about 11 KB even while they are empty.
  private record Stores(
      Cache<Question, CachedReply> data,
      Cache<Question, CachedReply> negative,
      Cache<Question, Failure> failures) {
    Stores(ResponseCache owner) {
      this(
          owner.build(owner.options.success()),
          owner.build(owner.options.denial()),
          owner.buildFailures());
    }
  }

  private synchronized Stores make() {
    Stores present = made;
    if (present == null) {
      present = new Stores(this);
      made = present;
    }
    return present;
  }

  /// Made when they are first needed, since a Corefile may have thousands of server blocks.
  private Stores stores() {
    Stores present = made;
    return present == null ? make() : present;
  }

  /// The end of a question without an answer, and its time.
  private record Failure(Resolution resolution, long sinceNanos) {
    int weight() {
      return switch (resolution) {
        case Resolution.Reply reply -> reply.reply().weight();
        case Resolution.Failed failed -> 2 * failed.reason().length();
        case Resolution.Shed _, Resolution.NotForwarded _ -> 0;
      };
    }

    boolean isYoungerThan(Duration age, long nowNanos) {
      return nowNanos - sinceNanos < age.toNanos();
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private Duration recheck() {
    return options.stale().isOff() ? Duration.ZERO : options.stale().recheck();
  }

  private Cache<Question, CachedReply> build(Bounds bounds) {
    long staleNanos = options.stale().duration().toNanos();
    return Caffeine.newBuilder()
        .maximumWeight((long) bounds.capacity() * OCTETS_PER_REPLY)
        .weigher((Question question, CachedReply reply) ->
            KEY_OVERHEAD + question.name().length() + reply.reply().weight())
        .expireAfter(
            Expiry.<Question, CachedReply>writing((question, reply) ->
                Duration.ofNanos(TimeUnit.SECONDS.toNanos(reply.lifetimeSeconds()) + staleNanos)))
        .ticker(clock)
        .executor(Runnable::run)
        .recordStats()
        .build();
  }

  private Cache<Question, Failure> buildFailures() {
    return Caffeine.newBuilder()
        .maximumWeight(FAILURE_OCTETS)
        .weigher((Question question, Failure failure) ->
            KEY_OVERHEAD + question.name().length() + failure.weight())
        .expireAfterWrite(longer(options.failureTtl(), recheck()))
        .ticker(clock)
        .executor(Runnable::run)
        .build();
  }

  public io.clusterzone.dns.config.Cache options() {
    return options;
  }

  public long now() {
    return clock.read();
  }

  public boolean covers(Question question) {
    return options.zones().stream().anyMatch(question.name()::isAtOrBelow);
  }

  /// The reply to this question, or null; one that has expired only where such are used.
  public @Nullable CachedReply find(Question question, long nowNanos) {
    Stores stores = made;
    if (stores == null) {
      return null;
    }
    CachedReply positive = stores.data.getIfPresent(question);
    CachedReply found = positive != null ? positive : stores.negative.getIfPresent(question);
    boolean usable = found != null && (!options.stale().isOff() || found.isFresh(nowNanos));
    return usable ? found : null;
  }

  /// Remembers the result of asking upstreams, as far as it may be.
  public void put(Question question, Resolution resolution, long nowNanos) {
    switch (resolution) {
      case Resolution.Reply answer -> put(question, answer.reply(), nowNanos);
      case Resolution.Failed(int _, String reason) ->
          fail(question, new Resolution.Failed(ExtendedError.CACHED_ERROR, reason), nowNanos);
      case Resolution.Shed _, Resolution.NotForwarded _ -> {}
    }
  }

  private void put(Question question, StoredReply reply, long nowNanos) {
    if (reply.truncated()) {
      return;
    }
    if (ReplyCleaner.isFinal(reply.rcode()) && !isOutweighed(question, reply)) {
      replace(question, reply, nowNanos);
    } else {
      fail(question, remembered(reply), nowNanos);
    }
  }

  /// Whether it denies data that is kept, and that is wanted nevertheless.
  private boolean isOutweighed(Question question, StoredReply reply) {
    return options.stale().preferData()
        && reply.isNegative()
        && stores().data.getIfPresent(question) != null;
  }

  /// Whether a reply is to be used, though one that has expired may be used as well.
  public boolean isBetterThanExpired(StoredReply reply, CachedReply expired) {
    boolean negative = reply.isNegative() && !expired.reply().isNegative();
    return ReplyCleaner.isFinal(reply.rcode()) && !(options.stale().preferData() && negative);
  }

  private static Resolution remembered(StoredReply reply) {
    return new Resolution.Reply(reply, 0, Resolution.Reply.COUNT_DOWN, false, true);
  }

  /// A reply replaces all that was known of the name, even if it is not kept itself, as a negative
  /// answer without an SOA (RFC 2308 section 5).
  private void replace(Question question, StoredReply reply, long nowNanos) {
    boolean negative = reply.isNegative();
    Bounds bounds = negative ? options.denial() : options.success();
    Stores stores = stores();
    Cache<Question, CachedReply> kept = negative ? stores.negative : stores.data;
    if (reply.ttlSeconds() == 0 || disabled(bounds.disabled(), question.name())) {
      kept.invalidate(question);
    } else {
      int ttl = Math.min(reply.ttlSeconds(), bounds.maxTtlSeconds());
      int lifetime = Math.max(bounds.minTtlSeconds(), ttl);
      kept.put(question, new CachedReply(reply, nowNanos, lifetime));
    }
    (negative ? stores.data : stores.negative).invalidate(question);
    stores.failures.invalidate(question);
  }

  private void fail(Question question, Resolution resolution, long nowNanos) {
    stores().failures.put(question, new Failure(resolution, nowNanos));
  }

  /// The failure that this question last ended with, if that was a short time ago: a reply such as
  /// SERVFAIL, or that there was none (RFC 9520 section 3.2, RFC 8914 section 4.14).
  public @Nullable Resolution failure(Question question, long nowNanos) {
    Failure failure = failureOf(question);
    return failure != null
            && failure.isYoungerThan(options.failureTtl(), nowNanos)
            && !disabled(options.denial().disabled(), question.name())
        ? failure.resolution()
        : null;
  }

  /// Whether asking again has failed lately, so that an expired reply is used at once (RFC 8767
  /// section 5).
  public boolean failedLately(Question question, long nowNanos) {
    Failure failure = failureOf(question);
    return failure != null && failure.isYoungerThan(recheck(), nowNanos);
  }

  private @Nullable Failure failureOf(Question question) {
    Stores stores = made;
    return stores == null ? null : stores.failures.getIfPresent(question);
  }

  private static boolean disabled(List<Name> zones, Name name) {
    return zones.stream().anyMatch(name::isAtOrBelow);
  }

  public void countHit(CachedReply reply) {
    (reply.reply().isNegative() ? negativeHits : dataHits).increment();
  }

  public void countFailure() {
    negativeHits.increment();
  }

  public void countMiss() {
    misses.increment();
  }

  public void countStale() {
    staleServed.increment();
  }

  public void countPrefetch() {
    prefetches.increment();
  }

  public long dataHits() {
    return dataHits.sum();
  }

  /// Hits on negative answers and remembered failures.
  public long negativeHits() {
    return negativeHits.sum();
  }

  public long misses() {
    return misses.sum();
  }

  public long staleServed() {
    return staleServed.sum();
  }

  public long prefetches() {
    return prefetches.sum();
  }

  /// Replies with data that are remembered now.
  public long dataEntries() {
    Stores stores = made;
    return stores == null ? 0 : stores.data.estimatedSize();
  }

  /// Negative answers and failures that are remembered now.
  public long negativeEntries() {
    Stores stores = made;
    return stores == null ? 0 : stores.negative.estimatedSize() + stores.failures.estimatedSize();
  }

  public long dataEvictions() {
    Stores stores = made;
    return stores == null ? 0 : stores.data.stats().evictionCount();
  }

  public long negativeEvictions() {
    Stores stores = made;
    return stores == null ? 0 : stores.negative.stats().evictionCount();
  }
}
