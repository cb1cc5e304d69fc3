package io.clusterzone.dns.explain;

import static io.clusterzone.dns.explain.ExplanationText.at;
import static io.clusterzone.dns.explain.ExplanationText.joined;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The lines about one object of an explanation.
final class ObjectText {
  private ObjectText() {}

  static void write(JsonNode object, List<String> lines) {
    lines.add("");
    lines.add(at(object, "kind") + " " + at(object, "name"));
    String type = at(object, "type");
    if (!type.isEmpty()) {
      lines.add("  type  " + type + alias(object));
    }
    line("addresses", joined(object.path("addresses"), ", "), lines);
    line("ports", joined(object.path("ports"), ", "), lines);
    JsonNode endpoints = object.path("endpoints");
    if (!endpoints.isMissingNode()) {
      endpoints(endpoints, lines);
    }
  }

  private static String alias(JsonNode object) {
    String name = at(object, "externalName");
    return name.isEmpty() ? "" : " of " + name;
  }

  private static void line(String label, String value, List<String> lines) {
    if (!value.isEmpty()) {
      lines.add("  " + label + "  " + value);
    }
  }

  private static String used(JsonNode endpoints) {
    int behind = endpoints.path("behind").asInt();
    return behind > 0
        ? behind + " behind the cluster IP"
        : endpoints.path("inAnswer").asInt() + " in the answer";
  }

  private static void endpoints(JsonNode endpoints, List<String> lines) {
    String leftOut =
        endpoints.path("leftOut").properties().stream()
            .map(entry -> entry.getValue().asInt() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    lines.add(
        "  endpoints  %d addresses, %d ready, %s%s"
            .formatted(
                endpoints.path("addresses").asInt(),
                endpoints.path("ready").asInt(),
                used(endpoints),
                leftOut.isEmpty() ? "" : "; left out: " + leftOut));
    int width = 0;
    for (JsonNode one : endpoints.path("list")) {
      width = Math.max(width, at(one, "address").length());
    }
    for (JsonNode one : endpoints.path("list")) {
      String who = at(one, "pod").isEmpty() ? at(one, "slice") : at(one, "pod");
      String use =
          switch (at(one, "use")) {
            case "answer" -> "in the answer";
            case "behind" -> "behind the cluster IP";
            default -> "left out: " + at(one, "why");
          };
      lines.add(
          ("    %-" + Math.max(1, width) + "s  %-28s  %s").formatted(at(one, "address"), who, use));
    }
    if (endpoints.path("notListed").asInt() > 0) {
      lines.add("    and %d more".formatted(endpoints.path("notListed").asInt()));
    }
  }
}
