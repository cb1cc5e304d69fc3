package io.clusterzone.dns.ops;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/// What the directives `cache` count.
///
/// @param caches reads all of them, at each scrape
public record CacheMetrics(Supplier<List<Figures>> caches) implements MetricSource {
  /// One cache at one moment.
  ///
  /// @param server as in [Scope]
  /// @param zones the zones it is for, separated by commas
  /// @param data what it keeps with data
  /// @param negative what it keeps of negative answers and failures
  /// @param drops replies that did not parse and were not kept
  public record Figures(
      String server,
      String zones,
      Part data,
      Part negative,
      long misses,
      long drops,
      long servedStale,
      long prefetches) {
    private long requests() {
      return data.hits + negative.hits + misses;
    }

    private String labels() {
      return MetricText.labels("server", server, "zones", zones, "view", "");
    }

    private String labels(String type) {
      return MetricText.labels("server", server, "type", type, "zones", zones, "view", "");
    }
  }

  /// What a cache keeps and has given of one kind of reply.
  ///
  /// @param entries kept now
  public record Part(long entries, long hits, long evictions) {}

  @Override
  public void writeTo(MetricText text) {
    List<Figures> all = caches.get();
    text.gauge("coredns_cache_entries", "Replies kept.");
    writeParts(text, all, Part::entries);
    text.counter("coredns_cache_hits_total", "Queries answered from the cache.");
    writeParts(text, all, Part::hits);
    text.counter("coredns_cache_evictions_total", "Replies given up for lack of room.");
    writeParts(text, all, Part::evictions);
    text.counter("coredns_cache_misses_total", "Queries that the cache had no reply to.");
    write(text, all, Figures::misses);
    text.counter("coredns_cache_requests_total", "Queries that came to the cache.");
    write(text, all, Figures::requests);
    text.counter("coredns_cache_drops_total", "Malformed replies, which are not kept.");
    write(text, all, Figures::drops);
    text.counter("coredns_cache_served_stale_total", "Queries answered with expired replies.");
    write(text, all, Figures::servedStale);
    text.counter("coredns_cache_prefetch_total", "Replies asked for again before they expired.");
    write(text, all, Figures::prefetches);
  }

  private static void writeParts(MetricText text, List<Figures> all, ToLongFunction<Part> value) {
    for (Figures cache : all) {
      text.sample(cache.labels("success"), value.applyAsLong(cache.data));
      text.sample(cache.labels("denial"), value.applyAsLong(cache.negative));
    }
  }

  private static void write(MetricText text, List<Figures> all, ToLongFunction<Figures> value) {
    for (Figures cache : all) {
      text.sample(cache.labels(), value.applyAsLong(cache));
    }
  }
}
