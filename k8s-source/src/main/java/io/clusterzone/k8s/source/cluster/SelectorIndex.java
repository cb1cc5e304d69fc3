package io.clusterzone.k8s.source.cluster;

import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.source.object.Manifest.PodManifest;
import io.clusterzone.k8s.source.object.Manifest.ServiceManifest;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the Services that may select a Pod. Confined to the source's thread.
///
/// A Service is filed under the first label of its selector; whether the rest matches is left to
/// the maker of its endpoints.
final class SelectorIndex {
  /// One alone is an immutable set: nearly all are, and a HashSet takes ten times the memory.
  private final Map<NamespacedLabel, Set<ObjectKey>> services = new HashMap<>();

  void add(ServiceManifest service) {
    if (!service.endpoints().selector().isEmpty()) {
      services.merge(label(service), Set.of(service.key()), SelectorIndex::with);
    }
  }

  void remove(ServiceManifest service) {
    if (!service.endpoints().selector().isEmpty()) {
      services.computeIfPresent(label(service), (_, filed) -> without(filed, service.key()));
    }
  }

  private static Set<ObjectKey> with(Set<ObjectKey> filed, Set<ObjectKey> more) {
    Set<ObjectKey> all = filed.size() == 1 ? new HashSet<>(filed) : filed;
    all.addAll(more);
    return all;
  }

  private static @Nullable Set<ObjectKey> without(Set<ObjectKey> filed, ObjectKey key) {
    if (filed.size() == 1) {
      return filed.contains(key) ? null : filed;
    }
    filed.remove(key);
    return filed;
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
