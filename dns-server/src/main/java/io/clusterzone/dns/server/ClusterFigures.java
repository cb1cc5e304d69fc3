package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.ops.KubernetesMetrics;
import io.clusterzone.dns.ops.Scope;
import io.clusterzone.k8s.api.KindStatus;
import io.clusterzone.k8s.api.RelistReason;
import io.clusterzone.k8s.api.snapshot.SnapshotStatus;
import io.clusterzone.k8s.made.MadeCounts;
import io.clusterzone.k8s.records.ZoneWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From the clusters that are followed to what `/metrics` shows of them.
final class ClusterFigures {
  private ClusterFigures() {}

  /// Each cluster once, under the first server block that answers from it.
  static List<KubernetesMetrics.Cluster> of(Wiring wiring, Listeners listeners) {
    Map<Cluster, KubernetesMetrics.Cluster> figures = new LinkedHashMap<>();
    for (Listeners.Served served : listeners.served()) {
      Kubernetes kubernetes = served.configured().find(Kubernetes.class);
      Cluster cluster = kubernetes == null ? null : wiring.clusters().of(kubernetes);
      if (cluster != null) {
        figures.computeIfAbsent(cluster, each -> of(served.block().scope(), each));
      }
    }
    return List.copyOf(figures.values());
  }

  private static KubernetesMetrics.Cluster of(Scope scope, Cluster cluster) {
    return new KubernetesMetrics.Cluster(
        scope,
        cluster.queued(),
        ZoneWriter.CAPACITY,
        cluster.status().stream().map(ClusterFigures::of).toList(),
        of(cluster.snapshot()),
        of(cluster.made()));
  }

  private static KubernetesMetrics.@Nullable Snapshot of(@Nullable SnapshotStatus snapshot) {
    return snapshot == null
        ? null
        : new KubernetesMetrics.Snapshot(
            snapshot.time().getEpochSecond(), snapshot.octets(), snapshot.failures());
  }

  private static KubernetesMetrics.@Nullable Made of(@Nullable MadeCounts made) {
    return made == null ? null : new KubernetesMetrics.Made(made.services(), made.pods());
  }

  private static KubernetesMetrics.Kind of(KindStatus kind) {
    Map<String, Long> relists = new LinkedHashMap<>();
    for (RelistReason reason : RelistReason.values()) {
      relists.put(reason.name().toLowerCase(Locale.ROOT), kind.relists(reason));
    }
    return new KubernetesMetrics.Kind(
        kind.plural(),
        kind.synced(),
        kind.fromSnapshot(),
        kind.problems().size(),
        kind.objects(),
        kind.octets(),
        kind.bytes(),
        kind.events(),
        kind.unusable(),
        kind.watches(),
        kind.drift(),
        relists,
        kind.lastEvent().getEpochSecond(),
        kind.lastProof().getEpochSecond(),
        kind.lastCleanCheck().getEpochSecond());
  }
}
