package io.clusterzone.dns.doctor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Whether each server knows its clusters as they are now.
final class FreshnessCheck implements Check {
  /// A watch that has not proven itself for longer than `/ready` remarks on.
  private static final long OLD_SECONDS = 360;

  @Override
  public Section section() {
    return Section.FRESHNESS;
  }

  @Override
  public void look(Look look, Findings findings) throws InterruptedException {
    if (look.reached().isEmpty()) {
      findings.skipped("servers", "no page /status could be read");
    }
    for (ServerStatus server : look.reached()) {
      server.clusters().forEach(cluster -> look(server, cluster, findings));
      queues(look, server, findings);
      if (server.clusters().isEmpty()) {
        findings.skipped(server.url(), "it follows no cluster");
      }
    }
  }

  private static void look(ServerStatus server, JsonNode cluster, Findings findings) {
    String zone = cluster.path("zone").asString("");
    String check = server.url() + " " + zone;
    if (!cluster.path("known").asBoolean()) {
      findings.failed(
          check,
          "the cluster is not known yet; its names are answered SERVFAIL",
          "see the kinds below, and the server's log");
    }
    cluster.path("kinds").values().forEach(kind -> kind(check, kind, findings));
    for (JsonNode source : cluster.path("looks").values()) {
      String name = check + " " + source.path("source").asString("");
      String age = "looked at " + source.path("age_seconds").asLong() + " s ago";
      if (source.path("late").asBoolean()) {
        findings.failed(name, age, "see whether its disk or its host hangs");
      } else {
        findings.passed(name, age);
      }
    }
    for (JsonNode one : cluster.path("zones").values()) {
      if (one.path("synced").asBoolean() && !one.path("stale").asBoolean()) {
        String serial = "serial " + one.path("serial").asLong();
        findings.passed(server.url() + " zone " + one.path("zone").asString(""), serial);
      }
    }
  }

  private static void kind(String server, JsonNode kind, Findings findings) {
    String check = server + " " + kind.path("kind").asString("");
    String problems =
        kind.path("problems").values().stream()
            .map(problem -> problem.asString(""))
            .distinct()
            .collect(Collectors.joining("; "));
    long age = kind.path("proof_age_seconds").asLong(-1);
    String proven = age < 0 ? "never proven fresh" : "last proven fresh " + age + " s ago";
    if (!kind.path("synced").asBoolean()) {
      String state = kind.path("stale").asBoolean() ? "only from the snapshot, " : "not learnt, ";
      findings.failed(
          check,
          state + proven + (problems.isEmpty() ? "" : ": " + problems),
          "see the section on the API server: it has to list and watch them");
    } else if (!problems.isEmpty() || age > OLD_SECONDS) {
      findings.failed(
          check,
          proven + (problems.isEmpty() ? "" : ": " + problems),
          "see that the server reaches its API server; what it knows goes on being answered");
    } else {
      findings.passed(check, proven);
    }
  }

  /// A queue that has grown since the first page is not worked off.
  private static void queues(Look look, ServerStatus server, Findings findings)
      throws InterruptedException {
    Map<String, Long> before = queued(server.clusters());
    if (before.values().stream().allMatch(length -> length == 0)) {
      return;
    }
    Thread.sleep(look.here().again());
    ServerStatus later = ServerStatus.of(server.server());
    queued(later.clusters())
        .forEach((zone, length) -> {
          String check = server.url() + " " + zone + " queue";
          long first = before.getOrDefault(zone, 0L);
          String text = "%d objects wait to be published, %d before".formatted(length, first);
          if (length > first) {
            findings.failed(check, text, "give the server more processor time; see its log");
          } else {
            findings.passed(check, text);
          }
        });
  }

  private static Map<String, Long> queued(List<JsonNode> clusters) {
    Map<String, Long> queued = new HashMap<>();
    clusters.forEach(cluster ->
        queued.merge(
            cluster.path("zone").asString(""), cluster.path("queued").asLong(), Math::max));
    return queued;
  }
}
