package io.clusterzone.dns.explain;

import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Two explanations of one question, before a change and after it, and what differs.
public final class Difference {
  private Difference() {}

  /// `before`, `after`, the `changes` of the answer line by line, and whether it `resolves` then.
  public static ObjectNode of(ObjectNode before, ObjectNode after) {
    ObjectNode json = Json.object();
    json.put("resolves", after.path("resolves").asBoolean());
    ArrayNode changes = json.putArray("changes");
    boolean was = before.path("resolves").asBoolean();
    boolean is = after.path("resolves").asBoolean();
    if (was != is) {
      changes.add(
          "%s %s".formatted(after.path("name").asString(), is ? "resolves" : "resolves no longer"));
    }
    SortedSet<String> gone = rows(before);
    SortedSet<String> come = rows(after);
    gone.stream().filter(row -> !come.contains(row)).forEach(row -> changes.add("- " + row));
    come.stream().filter(row -> !gone.contains(row)).forEach(row -> changes.add("+ " + row));
    json.set("before", before);
    json.set("after", after);
    return json;
  }

  private static SortedSet<String> rows(JsonNode explanation) {
    SortedSet<String> rows = new TreeSet<>();
    for (JsonNode reply : explanation.path("replies")) {
      for (JsonNode row : reply.path("answer")) {
        rows.add(
            "%s %d %s %s"
                .formatted(
                    row.path("name").asString(),
                    row.path("ttl").asInt(),
                    row.path("type").asString(),
                    row.path("data").asString()));
      }
    }
    return rows;
  }

  /// Lines that end with a line feed: the changes, and both explanations.
  public static String text(JsonNode difference) {
    var text = new StringBuilder();
    if (difference.path("changes").isEmpty()) {
      text.append("the answer stays the same\n");
    } else {
      text.append("the answer changes\n");
      difference
          .path("changes")
          .forEach(line ->
              text.append("  ").append(line.asString().replaceAll("\\p{Cntrl}", "?")).append('\n'));
    }
    text.append("\n--- before\n").append(ExplanationText.of(difference.path("before")));
    text.append("\n--- after\n").append(ExplanationText.of(difference.path("after")));
    return text.toString();
  }
}
