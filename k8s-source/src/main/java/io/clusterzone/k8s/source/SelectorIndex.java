package io.clusterzone.k8s.source;

import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.source.Manifest.PodManifest;
import io.clusterzone.k8s.source.Manifest.ServiceManifest;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the Services that may select a Pod. Confined to the source's thread.
///
/// A Service is filed under the first label of its selector; whether the rest matches is left to
/// the one who makes its endpoints.
final class SelectorIndex {
  private final Map<NamespacedLabel, Set<ObjectKey>> services = new HashMap<>();

  void add(ServiceManifest service) {
    if (!service.endpoints().selector().isEmpty()) {
      services.computeIfAbsent(label(service), _ -> new HashSet<>()).add(service.key());
    }
  }

  void remove(ServiceManifest service) {
    if (!service.endpoints().selector().isEmpty()) {
      NamespacedLabel label = label(service);
      @Nullable Set<ObjectKey> filed = services.get(label);
      if (filed != null && filed.remove(service.key()) && filed.isEmpty()) {
        services.remove(label);
      }
    }
  }

  private static NamespacedLabel label(ServiceManifest service) {
    Map<String, String> selector = service.endpoints().selector();
    String key = Collections.min(selector.keySet());
    return new NamespacedLabel(service.key().namespace(), key, selector.getOrDefault(key, ""));
  }

  void addCandidates(PodManifest pod, Set<ObjectKey> candidates) {
    for (NamespacedLabel label : NamespacedLabel.all(pod.key().namespace(), pod.labels())) {
      candidates.addAll(services.getOrDefault(label, Set.of()));
    }
  }

  void addAll(Set<ObjectKey> candidates) {
    services.values().forEach(candidates::addAll);
  }
}
