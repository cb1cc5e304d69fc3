package io.clusterzone.dns.cli;

import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.server.ApiCounters;
import io.clusterzone.dns.server.KubernetesSettings;
import io.clusterzone.k8s.api.ApiOptions;
import io.clusterzone.k8s.api.ApiSource;
import io.clusterzone.k8s.api.KindStatus;
import io.clusterzone.k8s.records.SchemaOptions;
import io.clusterzone.k8s.records.ZoneLog;
import io.clusterzone.k8s.records.ZoneWriter;
import io.clusterzone.zones.zone.ZoneTable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// The zones of a live cluster, learnt once for a command that prints them. Nothing is kept: the
/// snapshot is the server's.
final class LiveZones {
  /// The longest wait for a cluster of any size while nothing is wrong.
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private LiveZones() {}

  /// Learns the cluster as `serve` does.
  ///
  /// @throws CommandFailure if it is not known whole in the time of `startup_timeout`, and
  ///   something is wrong
  static ZoneTable learn(Kubernetes kubernetes, SchemaOptions schema) throws InterruptedException {
    ApiOptions options = KubernetesSettings.api(kubernetes, schema.kinds()).withoutSnapshot();
    try (var writer = ZoneWriter.start(schema, Clock.systemUTC(), new ZoneLog(_ -> {}));
        var source = new ApiSource(options, writer, new ApiCounters())) {
      Thread loader =
          Thread.ofPlatform().name("cluster-load").daemon().unstarted(() -> load(source));
      loader.start();
      long end = System.nanoTime() + LONGEST.toNanos();
      boolean known = writer.awaitSynced(kubernetes.startupTimeout());
      while (!known && problems(source).isEmpty() && System.nanoTime() - end < 0) {
        known = writer.awaitSynced(kubernetes.startupTimeout());
      }
      if (!known) {
        throw CommandFailure.problem(
            "the cluster is not known, so there is no zone: " + why(source));
      }
      return writer.table();
    } catch (IllegalArgumentException e) {
      throw CommandFailure.problem("kubernetes: " + e.getMessage());
    }
  }

  private static void load(ApiSource source) {
    try {
      source.start();
    } catch (InterruptedException _) {
      // It was closed.
    }
  }

  private static List<String> problems(ApiSource source) {
    return source.status().stream()
        .filter(kind -> !kind.synced())
        .flatMap(kind -> kind.problems().stream().map(problem -> kind.plural() + ": " + problem))
        .distinct()
        .toList();
  }

  private static String why(ApiSource source) {
    List<String> problems = problems(source);
    return problems.isEmpty()
        ? source.status().stream()
            .filter(kind -> !kind.synced())
            .map(KindStatus::plural)
            .collect(Collectors.joining(", ", "it took too long to list ", ""))
        : String.join("; ", problems);
  }
}
