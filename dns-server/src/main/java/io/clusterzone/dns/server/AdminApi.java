package io.clusterzone.dns.server;

import io.clusterzone.dns.ops.http.AdminPage;
import io.clusterzone.dns.ops.http.Endpoint;
import io.clusterzone.dns.ops.http.HttpQuery;
import io.clusterzone.dns.ops.http.HttpReply;
import io.clusterzone.dns.ops.http.QueryPage;
import io.clusterzone.dns.ops.http.TokenBucket;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The pages of the directive `admin`. A new page is a line of [#pages]: its path, how often a
/// second it may be asked for, and its content.
///
/// Replies are JSON. A page for people takes `output=text` too, and renders that itself, so that
/// commands print it as it is. No page changes anything or shows a credential.
final class AdminApi {
  /// How often a second a page that costs little is shown at most.
  private static final int CHEAP = 20;

  /// The same of one that looks at every object of a cluster.
  private static final int DEAR = 5;

  private record Page(String path, int perSecond, QueryPage content) {}

  /// By path, for as long as the process lives: a reload resets no bound.
  private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

  private static List<Page> pages(AdminView view) {
    TopPage top = new TopPage(view);
    return List.of(
        new Page("/version", CHEAP, AdminApi::version),
        new Page("/status", CHEAP, new StatusPage(view)::show),
        new Page("/explain", DEAR, new ExplainPage(view.server())::show),
        new Page(TopPage.PATH, CHEAP, top::show),
        new Page(TopPage.HTML_PATH, CHEAP, top::showHtml),
        new Page("/shadow", CHEAP, new ShadowPage(view.metrics().shadows)::show));
  }

  /// The pages at one address.
  List<Endpoint> at(InetSocketAddress address, AdminView view) {
    return pages(view).stream()
        .map(page -> new Endpoint(address, page.path(), bounded(page)))
        .toList();
  }

  private AdminPage bounded(Page page) {
    TokenBucket bucket =
        buckets.computeIfAbsent(page.path(), _ -> new TokenBucket(page.perSecond()));
    return new AdminPage(page.content(), bucket);
  }

  private static HttpReply version(HttpQuery query) {
    query.requireOnly(Set.of());
    return HttpReply.json(200, Map.of("version", Version.number(), "line", Version.line()));
  }
}
