package io.clusterzone.dns.step;

import io.clusterzone.dns.config.Acl;
import io.clusterzone.dns.ops.MetricSource;
import io.clusterzone.dns.ops.MetricText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The counts of the directives `acl`.
///
/// @param counts reads all of them, at each scrape
public record AclMetrics(Supplier<List<AclCounts>> counts) implements MetricSource {
  @Override
  public void writeTo(MetricText text) {
    List<AclCounts> all = counts.get();
    keptOut(text, all, Acl.Action.BLOCK, "blocked", "Queries refused by acl.");
    keptOut(text, all, Acl.Action.FILTER, "filtered", "Queries that acl gave an empty answer.");
    keptOut(text, all, Acl.Action.DROP, "dropped", "Queries that acl left without a reply.");
    text.counter("coredns_acl_allowed_requests_total", "Queries that acl let pass.");
    Map<AclCounts.Labels, Long> allowed = new LinkedHashMap<>();
    all.forEach(each -> each.addAllowed(allowed));
    allowed.forEach((labels, count) ->
        text.sample(MetricText.labels("server", labels.server(), "view", ""), count));
  }

  private static void keptOut(
      MetricText text, List<AclCounts> all, Acl.Action action, String word, String help) {
    String name = "coredns_acl_" + word + "_requests_total";
    text.counter(name, help);
    Map<AclCounts.Labels, Long> sums = new LinkedHashMap<>();
    all.forEach(each -> each.addKeptOut(action, sums));
    sums.forEach((labels, count) ->
        text.sample(
            MetricText.labels("server", labels.server(), "zone", labels.zone(), "view", ""),
            count));
  }
}
