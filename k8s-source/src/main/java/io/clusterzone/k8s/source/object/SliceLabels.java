package io.clusterzone.k8s.source.object;

/// The labels by which slices are tied to Services.
final class SliceLabels {
  static final String SERVICE = "kubernetes.io/service-name";
  static final String IMPORTED_SERVICE = "multicluster.kubernetes.io/service-name";
  static final String CLUSTER = "multicluster.kubernetes.io/source-cluster";
  static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  static final String SKIP_MIRROR = "endpointslice.kubernetes.io/skip-mirror";
  static final String HEADLESS = "service.kubernetes.io/headless";

  /// Values of [#MANAGED_BY].
  static final String CONTROLLER = "endpointslice-controller.k8s.io";

  static final String MIRRORING_CONTROLLER = "endpointslicemirroring-controller.k8s.io";

  private SliceLabels() {}
}
