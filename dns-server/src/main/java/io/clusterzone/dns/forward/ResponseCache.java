package io.clusterzone.dns.forward;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.clusterzone.zones.answer.StoredReply;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.wire.ExtendedError;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What upstreams said, for as long as it holds (RFC 1035 section 7.4, RFC 2308). Safe on any
/// thread.
///
/// Bounded in octets. Data, denials and failures do not push each other out beyond their own
/// bounds.
public final class ResponseCache {
  /// What one place of the configured capacity stands for.
  static final int OCTETS_PER_REPLY = 512;

  /// What a key costs besides its name: objects, table entry, expiry.
  private static final int KEY_OVERHEAD = 160;

  /// What failures may take, in octets: some thousand of them.
  private static final int FAILURE_OCTETS = 1 << 20;

  private final CacheOptions options;
  private final Ticker clock;
  private final Cache<Question, CachedReply> data;
  private final Cache<Question, CachedReply> denials;
  private final Cache<Question, Resolution.Failed> failures;
  private final LongAdder dataHits = new LongAdder();
  private final LongAdder denialHits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder staleServed = new LongAdder();
  private final LongAdder prefetches = new LongAdder();

  public ResponseCache(CacheOptions options, Ticker clock) {
    this.options = options;
    this.clock = clock;
    data = build(options.success());
    denials = build(options.denial());
    failures =
        Caffeine.newBuilder()
            .maximumWeight(FAILURE_OCTETS)
            .weigher((Question question, Resolution.Failed failed) ->
                KEY_OVERHEAD + question.name().length() + 2 * failed.reason().length())
            .expireAfterWrite(options.failureTtl())
            .ticker(clock)
            .executor(Runnable::run)
            .build();
  }

  private Cache<Question, CachedReply> build(CacheOptions.Bounds bounds) {
    long staleNanos = options.stale() == null ? 0 : options.stale().duration().toNanos();
    return Caffeine.newBuilder()
        .maximumWeight((long) bounds.capacity() * OCTETS_PER_REPLY)
        .weigher((Question question, CachedReply reply) ->
            KEY_OVERHEAD + question.name().length() + reply.reply().weight())
        .expireAfter(
            Expiry.<Question, CachedReply>writing((question, reply) ->
                java.time.Duration.ofNanos(
                    TimeUnit.SECONDS.toNanos(reply.lifetimeSeconds()) + staleNanos)))
        .ticker(clock)
        .executor(Runnable::run)
        .recordStats()
        .build();
  }

  public CacheOptions options() {
    return options;
  }

  long now() {
    return clock.read();
  }

  boolean covers(Question question) {
    return options.zones().stream().anyMatch(question.name()::isAtOrBelow);
  }

  /// The reply to this question, fresh or not, or null. Data that is still fresh comes before a
  /// denial or a failure.
  @Nullable CachedReply find(Question question, long nowNanos) {
    CachedReply positive = data.getIfPresent(question);
    if (positive != null && positive.isFresh(nowNanos)) {
      return positive;
    }
    CachedReply negative = denials.getIfPresent(question);
    if (negative != null && negative.isFresh(nowNanos)) {
      return negative;
    }
    return positive != null ? positive : negative;
  }

  /// Remembers what an upstream said, unless it must not be.
  void put(Question question, StoredReply reply, long nowNanos) {
    if (reply.truncated()) {
      return;
    }
    if (!ReplyCleaner.isFinal(reply.rcode())) {
      putFailure(question, reply, nowNanos);
      return;
    }
    if (reply.ttlSeconds() == 0) {
      return;
    }
    CacheOptions.Bounds bounds = reply.isDenial() ? options.denial() : options.success();
    if (disabled(bounds.disabled(), question.name())) {
      return;
    }
    int lifetime =
        Math.max(bounds.minTtlSeconds(), Math.min(reply.ttlSeconds(), bounds.maxTtlSeconds()));
    CachedReply cached = new CachedReply(reply, nowNanos, lifetime);
    (reply.isDenial() ? denials : data).put(question, cached);
  }

  private void putFailure(Question question, StoredReply reply, long nowNanos) {
    int lifetime = (int) options.failureTtl().toSeconds();
    if (lifetime > 0 && !disabled(options.denial().disabled(), question.name())) {
      denials.put(question, new CachedReply(reply, nowNanos, lifetime));
    }
  }

  /// Remembers that no upstream could be asked, or that none answered (RFC 9520 section 3.2).
  void put(Question question, Resolution.Failed failed) {
    if (!options.failureTtl().isZero() && !disabled(options.denial().disabled(), question.name())) {
      failures.put(question, new Resolution.Failed(ExtendedError.CACHED_ERROR, failed.reason()));
    }
  }

  /// The failure that this question last ended with, if that was a short time ago (RFC 8914 section
  /// 4.14).
  Resolution.@Nullable Failed failure(Question question) {
    return failures.getIfPresent(question);
  }

  private static boolean disabled(List<Name> zones, Name name) {
    return zones.stream().anyMatch(name::isAtOrBelow);
  }

  void countHit(CachedReply reply) {
    StoredReply stored = reply.reply();
    boolean isData = ReplyCleaner.isFinal(stored.rcode()) && !stored.isDenial();
    (isData ? dataHits : denialHits).increment();
  }

  void countFailure() {
    denialHits.increment();
  }

  void countMiss() {
    misses.increment();
  }

  void countStale() {
    staleServed.increment();
  }

  void countPrefetch() {
    prefetches.increment();
  }

  public long dataHits() {
    return dataHits.sum();
  }

  /// Questions answered with a denial or a failure that was remembered.
  public long denialHits() {
    return denialHits.sum();
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
    return data.estimatedSize();
  }

  /// Denials and failures that are remembered now.
  public long denialEntries() {
    return denials.estimatedSize() + failures.estimatedSize();
  }

  public long dataEvictions() {
    return data.stats().evictionCount();
  }

  public long denialEvictions() {
    return denials.stats().evictionCount();
  }
}
