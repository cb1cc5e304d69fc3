package io.clusterzone.k8s.model;

/// The identity of an object of one kind; `namespace` is empty for a Namespace.
public record ObjectKey(String namespace, String name) {
  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
