package io.clusterzone.dns.server;

import io.clusterzone.dns.forward.Forwarding;
import io.clusterzone.dns.forward.UpstreamGroup;
import io.clusterzone.dns.forward.cache.ResponseCache;
import io.clusterzone.dns.ops.Mnemonics;
import io.clusterzone.dns.ops.http.BadQuery;
import io.clusterzone.dns.ops.http.HttpQuery;
import io.clusterzone.dns.ops.http.HttpReply;
import io.clusterzone.dns.ops.top.Dimension;
import io.clusterzone.dns.ops.top.Dimension.By;
import io.clusterzone.dns.ops.top.QueryTop.Span;
import io.clusterzone.dns.ops.top.TopFields;
import io.clusterzone.dns.ops.top.TopHtml;
import io.clusterzone.dns.ops.top.TopReport;
import io.clusterzone.dns.ops.top.TopText;
import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// The pages `/top` and `/top.html`: what is asked most.
final class TopPage {
  static final String PATH = "/top";
  static final String HTML_PATH = "/top.html";

  private static final List<String> BY =
      Arrays.stream(By.values()).map(by -> by.name().toLowerCase(Locale.ROOT)).toList();
  private static final List<String> WINDOWS = Arrays.stream(Span.values()).map(Span::word).toList();
  private static final int MOST_ROWS = 500;
  private static final int LABELS = 2;
  private static final int RCODES = 24;
  private static final int LONGEST_REFRESH = 3600;

  private final AdminView view;

  TopPage(AdminView view) {
    this.view = view;
  }

  /// As JSON, or as a text with `output=text`.
  HttpReply show(HttpQuery query) {
    query.requireOnly(Set.of("by", "labels", "rcode", "slow", "count", "window", "output"));
    String output = query.word("output", List.of("json", "text"), "json");
    TopReport report = report(query);
    return output.equals("text")
        ? HttpReply.plain(200, TopText.of(report))
        : HttpReply.json(200, TopFields.of(report));
  }

  /// As a page for a browser, which asks again after `refresh` seconds.
  HttpReply showHtml(HttpQuery query) {
    query.requireOnly(Set.of("by", "labels", "rcode", "slow", "count", "window", "refresh"));
    int refresh = query.number("refresh", 1, LONGEST_REFRESH, 5);
    return HttpReply.html(TopHtml.of(report(query), refresh));
  }

  private TopReport report(HttpQuery query) {
    return TopReport.of(view.metrics().top, wish(query), cached(), upstreams());
  }

  private static TopReport.Wish wish(HttpQuery query) {
    boolean slow = query.flag("slow");
    if (slow && !(query.all("by").isEmpty() && query.all("labels").isEmpty())) {
      throw new BadQuery("slow=true lists single queries, so by and labels do not go with it");
    }
    String fallback = query.all("labels").isEmpty() ? "name" : "labels";
    By by = By.valueOf(query.word("by", BY, fallback).toUpperCase(Locale.ROOT));
    if (by != By.LABELS && !query.all("labels").isEmpty()) {
      throw new BadQuery("labels goes with by=labels alone");
    }
    int labels = by == By.LABELS ? query.number("labels", 1, Dimension.MOST_LABELS, LABELS) : 0;
    Span span = Span.of(query.word("window", WINDOWS, Span.MINUTE.word()));
    return new TopReport.Wish(
        span,
        new Dimension(by, labels),
        rcode(query),
        slow,
        query.number("count", 1, MOST_ROWS, 20));
  }

  private static int rcode(HttpQuery query) {
    String word = query.one("rcode", "");
    if (word.isEmpty()) {
      return TopReport.ANY_RCODE;
    }
    for (int rcode = 0; rcode < RCODES; rcode++) {
      if (Mnemonics.rcode(rcode).equalsIgnoreCase(word) || Integer.toString(rcode).equals(word)) {
        return rcode;
      }
    }
    throw new BadQuery("rcode is a response code such as NXDOMAIN, not \"" + word + "\"");
  }

  private Stream<Forwarding> forwardings() {
    return view.wiring().forwardings().all().stream();
  }

  private TopReport.Cached cached() {
    List<ResponseCache> caches =
        forwardings().map(Forwarding::cache).filter(Objects::nonNull).distinct().toList();
    long entries = 0;
    long hits = 0;
    long misses = 0;
    for (ResponseCache cache : caches) {
      entries += cache.dataEntries() + cache.negativeEntries();
      hits += cache.dataHits() + cache.negativeHits();
      misses += cache.misses();
    }
    return new TopReport.Cached(entries, hits, misses);
  }

  /// Each address once, however many directives name it; down if one of them does not ask it.
  private List<TopReport.Upstream> upstreams() {
    Map<String, TopReport.Upstream> all = new LinkedHashMap<>();
    for (UpstreamGroup group :
        forwardings().flatMap(forwarding -> forwarding.groups().stream()).toList()) {
      group
          .upstreams()
          .forEach(upstream -> {
            String address = NetUtil.toSocketAddressString(upstream.address());
            TopReport.Upstream before = all.get(address);
            boolean down =
                upstream.isDown(group.route().health().maxFails())
                    || (before != null && before.down());
            all.put(
                address,
                new TopReport.Upstream(
                    address, down, upstream.counters().asked(), upstream.counters().answered()));
          });
    }
    return List.copyOf(all.values());
  }
}
