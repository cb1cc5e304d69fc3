package io.clusterzone.dns.server;

import io.clusterzone.dns.explain.ExplainRequest;
import io.clusterzone.dns.explain.Explained;
import io.clusterzone.dns.explain.ExplainedCluster;
import io.clusterzone.dns.explain.Explainer;
import io.clusterzone.dns.explain.ExplanationText;
import io.clusterzone.dns.ops.http.BadQuery;
import io.clusterzone.dns.ops.http.HttpQuery;
import io.clusterzone.dns.ops.http.HttpReply;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The page `/explain` of the directive `admin`: why a name resolves for a client, or does not. Any
/// thread may show it; it waits for one event loop, which answers a question for it as it does for
/// clients.
final class ExplainPage {
  private final Server server;

  ExplainPage(Server server) {
    this.server = server;
  }

  HttpReply show(HttpQuery query) {
    query.requireOnly(Set.of("name", "type", "from", "resolver", "ndots", "output"));
    String output = query.word("output", List.of("json", "text"), "json");
    ExplainRequest request = request(query);
    Explained explained = server.explained();
    if (explained == null) {
      return HttpReply.problem(503, "the server is starting; ask again");
    }
    try {
      ObjectNode json = new Explainer(explained).explain(request);
      return output.equals("json")
          ? HttpReply.jsonText(200, json.toPrettyString() + "\n")
          : HttpReply.plain(200, ExplanationText.of(json));
    } catch (ExplainedCluster.Busy e) {
      return HttpReply.problem(503, String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return HttpReply.problem(503, "the server is ending");
    }
  }

  private static ExplainRequest request(HttpQuery query) {
    try {
      return ExplainRequest.of(
          query.one("name", ""),
          query.one("type", ""),
          query.one("from", ""),
          query.one("resolver", ""),
          query.one("ndots", ""));
    } catch (IllegalArgumentException e) {
      throw new BadQuery(String.valueOf(e.getMessage()));
    }
  }
}
