package io.clusterzone.dns.server;

import io.clusterzone.dns.ops.http.HttpQuery;
import io.clusterzone.dns.ops.http.HttpReply;
import io.clusterzone.dns.shadow.ShadowMetrics;
import io.clusterzone.dns.shadow.ShadowReport;
import java.util.List;
import java.util.Set;

/// The page `/shadow` of the directive `admin`: the counts of the directives `shadow`, and their
/// last differences. Read by `compare --live`; any thread may show it.
///
/// @param metrics of all directives
record ShadowPage(ShadowMetrics metrics) {
  HttpReply show(HttpQuery query) {
    query.requireOnly(Set.of("output", "details"));
    String output = query.word("output", List.of("json", "text"), "json");
    String details = query.word("details", List.of("yes", "no"), "yes");
    ShadowReport report = metrics.report();
    return output.equals("json")
        ? HttpReply.json(200, report.json())
        : HttpReply.plain(200, report.text(details.equals("yes")));
  }
}
