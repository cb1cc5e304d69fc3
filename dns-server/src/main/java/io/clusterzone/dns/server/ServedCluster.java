package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.dns.explain.ExplainedCluster;
import io.clusterzone.k8s.api.ApiOptions;
import io.clusterzone.k8s.api.KindStatus;
import io.clusterzone.k8s.records.ClusterObjects;
import io.clusterzone.k8s.thread.LastLook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/// A cluster that is followed, as `explain` sees it.
final class ServedCluster implements ExplainedCluster {
  /// The longest wait for the writer of zones, which is busy with a large change.
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Cluster cluster;
  private final Kubernetes kubernetes;

  ServedCluster(Cluster cluster, Kubernetes kubernetes) {
    this.cluster = cluster;
    this.kubernetes = kubernetes;
  }

  @Override
  public ClusterObjects objects() throws InterruptedException {
    try {
      return cluster.objects(PATIENCE);
    } catch (TimeoutException _) {
      throw new Busy();
    }
  }

  @Override
  public boolean knowsAllEndpoints() {
    return !kubernetes.noEndpoints()
        && (!kubernetes.manifests().isEmpty()
            || KubernetesSettings.api(kubernetes, Set.of()).endpoints()
                == ApiOptions.Endpoints.ALL);
  }

  @Override
  public List<Freshness> freshness() {
    List<Freshness> parts = new ArrayList<>();
    Instant now = Instant.now();
    for (KindStatus kind : cluster.source().status()) {
      Instant proof = kind.lastProof();
      long age = proof.equals(Instant.EPOCH) ? -1 : Math.max(0, proof.until(now).toSeconds());
      parts.add(
          new Freshness(
              kind.plural(),
              kind.synced() || kind.fromSnapshot(),
              age,
              String.join("; ", kind.problems())));
    }
    for (LastLook look : cluster.source().looks()) {
      parts.add(
          new Freshness(
              look.source(),
              cluster.known(),
              look.age().toSeconds(),
              look.isLate() ? look.remark() : ""));
    }
    return parts;
  }
}
