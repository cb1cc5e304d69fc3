package io.clusterzone.k8s.model;

/// The kinds of objects that DNS depends on.
public enum Kind {
  NAMESPACE("Namespace"),
  SERVICE("Service"),
  ENDPOINT_SLICE("EndpointSlice"),
  POD("Pod"),
  SERVICE_IMPORT("ServiceImport");

  private final String apiName;

  Kind(String apiName) {
    this.apiName = apiName;
  }

  /// The kind as objects name it: `EndpointSlice`.
  public String apiName() {
    return apiName;
  }
}
