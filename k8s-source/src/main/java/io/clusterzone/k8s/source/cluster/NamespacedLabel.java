package io.clusterzone.k8s.source.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One label in one namespace, as a key of the indexes.
record NamespacedLabel(String namespace, String key, String value) {
  static List<NamespacedLabel> all(String namespace, Map<String, String> labels) {
    List<NamespacedLabel> all = new ArrayList<>(labels.size());
    labels.forEach((key, value) -> all.add(new NamespacedLabel(namespace, key, value)));
    return all;
  }
}
