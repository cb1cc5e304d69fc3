package io.clusterzone.k8s.source.cluster;

import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.source.object.Manifest.PodManifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds the Pods that a selector matches. Confined to the source's thread.
///
/// Pods are filed under each of their labels; a look-up walks the shortest of the lists that the
/// selector names, so its cost is about the number of Pods found, not of Pods there are.
final class PodIndex {
  private static final Comparator<PodManifest> BY_NAME =
      Comparator.comparing(pod -> pod.key().name());

  private final Map<NamespacedLabel, Map<ObjectKey, PodManifest>> pods = new HashMap<>();

  private final Map<String, Integer> namespaces = new HashMap<>();

  /// Files a Pod that has come, or takes one out that has gone.
  void file(PodManifest pod, boolean come) {
    namespaces.merge(pod.key().namespace(), come ? 1 : -1, Integer::sum);
    namespaces.remove(pod.key().namespace(), 0);
    for (NamespacedLabel label : NamespacedLabel.all(pod.key().namespace(), pod.labels())) {
      Map<ObjectKey, PodManifest> filed = pods.computeIfAbsent(label, _ -> new HashMap<>());
      if (come) {
        filed.put(pod.key(), pod);
      } else {
        filed.remove(pod.key());
      }
      if (filed.isEmpty()) {
        pods.remove(label);
      }
    }
  }

  /// Whether there is a Pod in a namespace.
  boolean isIn(String namespace) {
    return namespaces.containsKey(namespace);
  }

  /// The Pods with all labels of a selector, which is not empty, by name.
  List<PodManifest> matching(String namespace, Map<String, String> selector) {
    Map<ObjectKey, PodManifest> shortest = Map.of();
    int length = Integer.MAX_VALUE;
    for (NamespacedLabel label : NamespacedLabel.all(namespace, selector)) {
      Map<ObjectKey, PodManifest> filed = pods.getOrDefault(label, Map.of());
      if (filed.size() < length) {
        shortest = filed;
        length = filed.size();
      }
    }
    List<PodManifest> matching = new ArrayList<>();
    for (PodManifest pod : shortest.values()) {
      if (pod.labels().entrySet().containsAll(selector.entrySet())) {
        matching.add(pod);
      }
    }
    matching.sort(BY_NAME);
    return matching;
  }
}
