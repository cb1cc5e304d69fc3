package io.clusterzone.dns.forward.cache;

import io.clusterzone.dns.ops.MetricSource;
import io.clusterzone.dns.ops.MetricText;
import io.clusterzone.zones.name.Name;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// The numbers of the directives `cache`.
///
/// @param caches reads all of them at each scrape, each with its listener as metrics name it
public record CacheMetrics(Supplier<Map<ResponseCache, String>> caches) implements MetricSource {
  @Override
  public void writeTo(MetricText text) {
    Map<ResponseCache, String> all = caches.get();
    text.gauge("coredns_cache_entries", "Replies kept.");
    write(text, all, ResponseCache::dataEntries, ResponseCache::negativeEntries);
    text.counter("coredns_cache_hits_total", "Queries answered from the cache.");
    write(text, all, ResponseCache::dataHits, ResponseCache::negativeHits);
    text.counter("coredns_cache_evictions_total", "Replies given up for lack of room.");
    write(text, all, ResponseCache::dataEvictions, ResponseCache::negativeEvictions);
    text.counter("coredns_cache_misses_total", "Queries that the cache had no reply to.");
    write(text, all, ResponseCache::misses);
    text.counter("coredns_cache_requests_total", "Queries that came to the cache.");
    write(text, all, cache -> cache.dataHits() + cache.negativeHits() + cache.misses());
    text.counter("coredns_cache_drops_total", "Malformed replies, which are not kept.");
    write(text, all, _ -> 0);
    text.counter("coredns_cache_served_stale_total", "Queries answered with expired replies.");
    write(text, all, ResponseCache::staleServed);
    text.counter("coredns_cache_prefetch_total", "Replies asked for again before they expired.");
    write(text, all, ResponseCache::prefetches);
  }

  private static void write(
      MetricText text,
      Map<ResponseCache, String> all,
      ToLongFunction<ResponseCache> data,
      ToLongFunction<ResponseCache> negatives) {
    all.forEach((cache, server) -> {
      text.sample(labels(cache, server, "type", "success"), data.applyAsLong(cache));
      text.sample(labels(cache, server, "type", "denial"), negatives.applyAsLong(cache));
    });
  }

  private static void write(
      MetricText text, Map<ResponseCache, String> all, ToLongFunction<ResponseCache> value) {
    all.forEach((cache, server) -> text.sample(labels(cache, server), value.applyAsLong(cache)));
  }

  private static String labels(ResponseCache cache, String server, String... type) {
    String zones =
        cache.options().zones().stream().map(Name::toString).collect(Collectors.joining(","));
    return MetricText.labels("server", server)
        + (type.length == 0 ? "," : "," + MetricText.labels(type) + ",")
        + MetricText.labels("zones", zones, "view", "");
  }
}
