package io.clusterzone.dns.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// An explanation as a page for people: the verdict and its reasons first, then how it came about.
/// It says nothing that the JSON does not.
public final class ExplanationText {
  private final JsonNode json;
  private final List<String> lines = new ArrayList<>();

  private ExplanationText(JsonNode json) {
    this.json = json;
  }

  /// Lines that end with a line feed.
  public static String of(JsonNode explanation) {
    var text = new ExplanationText(explanation);
    text.verdict();
    text.findings();
    text.search();
    text.replies();
    text.zone();
    text.json.path("objects").forEach(object -> ObjectText.write(object, text.lines));
    text.data();
    return text.lines.stream()
        .map(line -> line.stripTrailing().replaceAll("\\p{Cntrl}", "?") + "\n")
        .collect(Collectors.joining());
  }

  static String at(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  private void verdict() {
    JsonNode from = json.path("from");
    JsonNode resolver = json.path("resolver");
    boolean resolves = json.path("resolves").asBoolean();
    String types = joined(json.path("types"), ", ");
    lines.add(
        "%s (%s) %s"
            .formatted(at(json, "name"), types, resolves ? "resolves" : "does not resolve"));
    String pod = at(from, "pod").isEmpty() ? "" : " by Pod " + at(from, "pod");
    lines.add(
        "asked from namespace %s%s as %s; %s with ndots %d"
            .formatted(
                at(from, "namespace"),
                pod,
                at(from, "address"),
                at(resolver, "kind"),
                resolver.path("ndots").asInt()));
    if (!at(from, "remark").isEmpty()) {
      lines.add("note: " + at(from, "remark"));
    }
  }

  private void findings() {
    if (!json.path("findings").isEmpty()) {
      lines.add("");
    }
    for (JsonNode finding : json.path("findings")) {
      lines.add("  " + at(finding, "code") + "  " + at(finding, "text"));
      if (!at(finding, "suggestion").isEmpty()) {
        lines.add("          resolves: " + at(finding, "suggestion"));
      }
    }
  }

  private void search() {
    lines.add("");
    lines.add("search");
    int width = 0;
    for (JsonNode visit : json.path("walk")) {
      width = Math.max(width, at(visit, "name").length());
    }
    for (JsonNode visit : json.path("walk")) {
      String outcomes =
          visit.path("outcomes").properties().stream()
              .map(entry -> "%-5s%-9s".formatted(entry.getKey(), word(entry)))
              .collect(Collectors.joining("  "));
      String mark = at(visit, "name").equals(at(json, "about")) ? "<- below" : "";
      lines.add(
          ("  %-" + Math.max(1, width) + "s  %s  %s").formatted(at(visit, "name"), outcomes, mark));
    }
  }

  private static String word(Map.Entry<String, JsonNode> outcome) {
    String word = outcome.getValue().asString();
    return word.equals("ANSWER") ? "answer" : word;
  }

  private void replies() {
    lines.add("");
    lines.add(at(json, "about"));
    for (JsonNode reply : json.path("replies")) {
      lines.add(
          "  %-5s %-9s %s"
              .formatted(
                  at(reply, "type"),
                  at(reply, "outcome").equals("ANSWER") ? "answer" : at(reply, "outcome"),
                  from(reply)));
      for (JsonNode row : reply.path("answer")) {
        lines.add(
            "        %s %d %s %s"
                .formatted(
                    at(row, "name"), row.path("ttl").asInt(), at(row, "type"), at(row, "data")));
      }
      JsonNode error = reply.path("extendedError");
      if (!error.isMissingNode()) {
        lines.add(
            "        extended error %d %s"
                .formatted(error.path("code").asInt(), at(error, "text")));
      }
    }
  }

  private static String from(JsonNode reply) {
    String block = at(reply, "block");
    String step = at(reply, "step");
    if (block.isEmpty()) {
      return at(reply, "outcome").equals("NO_REPLY")
          ? "not in time"
          : "no server block at " + at(reply, "listener");
    }
    return "server block %s at %s, step %s"
        .formatted(block, at(reply, "listener"), step.isEmpty() ? "none" : step);
  }

  private void zone() {
    JsonNode zone = json.path("zone");
    if (zone.isEmpty()) {
      return;
    }
    String state =
        !zone.path("synced").asBoolean()
            ? ", still being learnt"
            : zone.path("stale").asBoolean() ? ", from the snapshot" : "";
    lines.add(
        "  zone  %s serial %d%s".formatted(at(zone, "apex"), zone.path("serial").asLong(), state));
    String holds =
        zone.path("holds").properties().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue().asInt())
            .collect(Collectors.joining(", "));
    lines.add(
        "  %s  %s, %s"
            .formatted(
                zone.path("exists").asBoolean() ? "node" : "closest encloser",
                at(zone, "node"),
                holds.isEmpty() ? "without records" : "records: " + holds));
  }

  private void data() {
    if (!json.path("data").isEmpty()) {
      lines.add("");
      lines.add("data");
    }
    for (JsonNode part : json.path("data")) {
      long age = part.path("ageSeconds").asLong();
      String known = part.path("known").asBoolean() ? "" : "not known yet; ";
      String fresh = age < 0 ? "age not known" : "certain " + age + " s ago";
      String problem = at(part, "problem").isEmpty() ? "" : "; " + at(part, "problem");
      lines.add("  %-15s %s%s%s".formatted(at(part, "part"), known, fresh, problem));
    }
  }

  static String joined(JsonNode array, String between) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asString()));
    return String.join(between, texts);
  }
}
