package io.clusterzone.k8s.source.object;

import java.util.HashMap;
import java.util.Map;

/// The labels of a Namespace: those given, and its name, which the API server adds to every one.
public final class NamespaceLabels {
  private static final String NAME = "kubernetes.io/metadata.name";

  private NamespaceLabels() {}

  public static Map<String, String> of(String name, Map<String, String> given) {
    Map<String, String> labels = new HashMap<>(given);
    labels.put(NAME, name);
    return labels;
  }
}
