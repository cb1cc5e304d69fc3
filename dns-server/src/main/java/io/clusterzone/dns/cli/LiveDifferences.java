package io.clusterzone.dns.cli;

import io.clusterzone.dns.compare.Judgement.Kind;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The differences that the directive `shadow` of a running server has found.
final class LiveDifferences {
  private static final String PAGE = "/shadow";

  private final AdminClient client;

  LiveDifferences(AdminClient client) {
    this.client = client;
  }

  /// Prints them, and gives the judgements that were made.
  ///
  /// @param details whether both answers are printed in a text
  /// @throws CommandFailure if there is no such server, or it has no such directive
  List<Kind> print(boolean json, boolean details, PrintWriter out) {
    String report = client.get(PAGE, Map.of());
    JsonNode root = root(report);
    if (root.path("servers").isEmpty()) {
      throw CommandFailure.problem(
          "this server has no directive shadow, so nothing was compared; add to its server block:"
              + " shadow ADDRESS");
    }
    out.print(
        json
            ? report
            : client.get(
                PAGE,
                Map.of("output", List.of("text"), "details", List.of(details ? "yes" : "no"))));
    out.flush();
    return root.path("judgements")
        .valueStream()
        .filter(one -> one.path("count").asLong(0) > 0)
        .flatMap(one -> kinds(one.path("judgement").asString("")))
        .toList();
  }

  private static Stream<Kind> kinds(String name) {
    return Arrays.stream(Kind.values()).filter(kind -> kind.toString().equals(name));
  }

  private static JsonNode root(String report) {
    try {
      return JsonMapper.shared().readTree(report);
    } catch (JacksonException e) {
      throw CommandFailure.problem(
          "what this server has at " + PAGE + " is no report: " + e.getOriginalMessage());
    }
  }
}
