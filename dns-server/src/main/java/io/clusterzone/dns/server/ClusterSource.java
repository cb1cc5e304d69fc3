package io.clusterzone.dns.server;

import io.clusterzone.dns.config.Kubernetes;
import io.clusterzone.k8s.api.ApiSource;
import io.clusterzone.k8s.api.KindStatus;
import io.clusterzone.k8s.api.connect.ApiObserver;
import io.clusterzone.k8s.api.snapshot.SnapshotStatus;
import io.clusterzone.k8s.made.MadeCounts;
import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterSink;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.source.ManifestSource;
import io.clusterzone.k8s.thread.LastLook;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The source that a cluster is learnt from. Started once, by a thread that may wait; closed by any
/// thread.
sealed interface ClusterSource extends AutoCloseable {
  /// The source that a directive `kubernetes` names.
  ///
  /// @throws Unservable if the API server cannot be reached the way that the directive says
  static ClusterSource of(
      Kubernetes kubernetes, Set<Kind> kinds, ClusterSink sink, ApiObserver observer) {
    if (!kubernetes.manifests().isEmpty()) {
      return new Manifests(
          new ManifestSource(
              kubernetes.manifests(),
              KubernetesSettings.source(kubernetes, kinds),
              sink,
              new ProblemLog()));
    }
    try {
      return new Live(new ApiSource(KubernetesSettings.api(kubernetes, kinds), sink, observer));
    } catch (IllegalArgumentException e) {
      throw Unservable.because("kubernetes: " + e.getMessage());
    }
  }

  void start() throws InterruptedException;

  /// The state of each watched kind; empty for manifests.
  default List<KindStatus> status() {
    return List.of();
  }

  /// The state of the snapshot; null where none is kept.
  default @Nullable SnapshotStatus snapshot() {
    return null;
  }

  /// The number of objects made up beside the manifests; null for a live cluster.
  default @Nullable MadeCounts made() {
    return null;
  }

  /// The last looks at the cluster's files; empty for the API server.
  default List<LastLook> looks() {
    return List.of();
  }

  @Override
  void close();

  /// A watched directory.
  record Manifests(ManifestSource source) implements ClusterSource {
    @Override
    public void start() throws InterruptedException {
      var _ = source.load();
      source.start();
    }

    @Override
    public MadeCounts made() {
      return source.made();
    }

    @Override
    public List<LastLook> looks() {
      return List.of(source.looked());
    }

    @Override
    public void close() {
      source.close();
    }
  }

  /// A cluster that is known already, and does not change.
  record Given(List<ClusterEvent> events, ClusterSink sink) implements ClusterSource {
    @Override
    public void start() throws InterruptedException {
      sink.accept(events);
    }

    @Override
    public void close() {}
  }

  record Live(ApiSource source) implements ClusterSource {
    @Override
    public void start() throws InterruptedException {
      source.start();
    }

    @Override
    public List<KindStatus> status() {
      return source.status();
    }

    @Override
    public @Nullable SnapshotStatus snapshot() {
      return source.snapshot();
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
