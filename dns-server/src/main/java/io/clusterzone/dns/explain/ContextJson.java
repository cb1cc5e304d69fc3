package io.clusterzone.dns.explain;

import io.clusterzone.dns.explain.Walk.Visit;
import io.clusterzone.dns.ops.Mnemonics;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The circumstances of an explanation as JSON: who asks, with which resolver, how it went.
final class ContextJson {
  private ContextJson() {}

  static ObjectNode of(Client client) {
    ObjectNode json = Json.object();
    json.put("namespace", client.namespace());
    json.put("pod", client.pod());
    json.put("address", client.address().getHostAddress());
    json.put("remark", client.remark());
    return json;
  }

  static ObjectNode of(SearchList list) {
    ObjectNode json = Json.object();
    json.put("kind", list.resolver().toString());
    json.put("ndots", list.ndots());
    json.set("search", Json.texts(list.domains()));
    return json;
  }

  static ArrayNode of(Walk walk) {
    ArrayNode array = Json.array();
    for (Visit visit : walk.visits()) {
      ObjectNode json = array.addObject();
      json.put("name", visit.candidate().name().toString());
      ObjectNode outcomes = json.putObject("outcomes");
      visit
          .replies()
          .forEach(reply -> outcomes.put(Mnemonics.type(reply.type()), reply.outcome().name()));
      json.put("then", visit.then().name());
    }
    return array;
  }

  static ArrayNode of(List<ExplainedCluster.Freshness> parts) {
    ArrayNode array = Json.array();
    for (ExplainedCluster.Freshness part : parts) {
      ObjectNode json = array.addObject();
      json.put("part", part.part());
      json.put("known", part.known());
      json.put("ageSeconds", part.ageSeconds());
      json.put("problem", part.problem());
    }
    return array;
  }

  static ObjectNode of(Finding finding) {
    ObjectNode json = Json.object();
    json.put("code", finding.kind().code());
    json.put("sentence", finding.kind().sentence());
    json.put("text", finding.text());
    json.put("suggestion", finding.suggestion());
    return json;
  }
}
