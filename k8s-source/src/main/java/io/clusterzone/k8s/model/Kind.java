package io.clusterzone.k8s.model;

/// The kinds of objects that DNS depends on.
public enum Kind {
  NAMESPACE,
  SERVICE,
  ENDPOINT_SLICE,
  POD,
  SERVICE_IMPORT
}
