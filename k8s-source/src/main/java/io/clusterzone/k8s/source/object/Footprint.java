package io.clusterzone.k8s.source.object;

import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.made.Workload;
import io.clusterzone.k8s.made.WorkloadPods;
import io.clusterzone.k8s.source.object.Manifest.AutoscalerManifest;
import io.clusterzone.k8s.source.object.Manifest.EndpointsManifest;
import io.clusterzone.k8s.source.object.Manifest.ImportManifest;
import io.clusterzone.k8s.source.object.Manifest.NamespaceManifest;
import io.clusterzone.k8s.source.object.Manifest.NodeManifest;
import io.clusterzone.k8s.source.object.Manifest.PodManifest;
import io.clusterzone.k8s.source.object.Manifest.ServiceManifest;
import io.clusterzone.k8s.source.object.Manifest.SliceManifest;
import io.clusterzone.k8s.source.object.Manifest.Subset;
import io.clusterzone.k8s.source.object.Manifest.WorkloadManifest;
import java.util.Map;

/// Estimates of the memory that objects take, with the names they become; in octets.
final class Footprint {
  static final int FILE = 1_000;
  static final int PROBLEM = 300;
  static final int PASSED_OVER = 40;

  private static final int OBJECT = 700;
  private static final int MADE_POD = 800;
  private static final int ENDPOINT = 100;
  private static final int PORT = 60;
  private static final int TEXT = 60;

  private Footprint() {}

  /// @param made whether Pods are made of workloads
  static long of(Manifest manifest, MadeOptions made) {
    return OBJECT
        + switch (manifest) {
          case SliceManifest slice ->
              (long) ENDPOINT * slice.slice().endpoints().size()
                  + (long) PORT * slice.slice().ports().size();
          case ServiceManifest service ->
              (long) PORT * service.service().ports().size() + of(service.endpoints().selector());
          case EndpointsManifest given -> given.subsets().stream().mapToLong(Footprint::of).sum();
          case PodManifest pod -> of(pod.labels()) + (long) PORT * pod.ports().size();
          case WorkloadManifest workload -> of(workload.workload(), made);
          case AutoscalerManifest autoscaler -> ofPods(autoscaler.minReplicas(), made);
          case ImportManifest _, NamespaceManifest _, NodeManifest _ -> 0L;
        };
  }

  /// Where an autoscaler says how many Pods there are, they count with it.
  private static long of(Workload workload, MadeOptions made) {
    int pods = workload.kind() == Workload.Kind.DAEMON_SET ? made.nodes() : workload.replicas();
    return of(workload.template().labels()) + ofPods(Math.max(1, pods), made);
  }

  private static long ofPods(int pods, MadeOptions made) {
    return made.podRanges().isEmpty()
        ? 0
        : (long) MADE_POD * Math.min(pods, WorkloadPods.MAX_REPLICAS);
  }

  /// Endpoints are held as they stand and as the slices made of them.
  private static long of(Subset subset) {
    return 2L * ENDPOINT * subset.endpoints().size() + (long) PORT * subset.ports().size();
  }

  private static long of(Map<String, String> texts) {
    long octets = 0;
    for (Map.Entry<String, String> text : texts.entrySet()) {
      octets += TEXT + text.getKey().length() + text.getValue().length();
    }
    return octets;
  }
}
