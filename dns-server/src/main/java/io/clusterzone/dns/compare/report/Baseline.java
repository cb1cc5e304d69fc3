package io.clusterzone.dns.compare.report;

import io.clusterzone.dns.compare.run.Kept;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The differences of an earlier comparison, by their keys.
public final class Baseline {
  private Baseline() {}

  /// Reads what [JsonReport] wrote.
  ///
  /// @throws IOException if it is not there, or something else
  public static Set<String> read(Path file) throws IOException {
    JsonNode root;
    try {
      root = new JsonMapper().readTree(file.toFile());
    } catch (JacksonException e) {
      throw new IOException(file + ": " + e.getOriginalMessage(), e);
    }
    if (!root.path("format").asString("").equals(JsonReport.FORMAT)
        || root.path("version").asInt(0) != JsonReport.VERSION) {
      throw new IOException(
          file + " is not what compare --output json prints, in version " + JsonReport.VERSION);
    }
    Set<String> keys = new HashSet<>();
    for (JsonNode one : root.path("differences")) {
      String deviation = text(one, "deviation");
      String judgement = text(one, "judgement");
      keys.add(
          Kept.key(
              text(one, "question"),
              deviation.isEmpty() ? judgement : judgement + " " + deviation,
              text(one, "field"),
              text(one, "here"),
              text(one, "there")));
    }
    return keys;
  }

  private static String text(JsonNode node, String property) {
    return node.path(property).asString("");
  }
}
