package io.clusterzone.k8s.source;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterSink;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Keeps the batches it is given, and what they add up to.
final class FakeSink implements ClusterSink {
  private final List<List<ClusterEvent>> batches = new ArrayList<>();
  private final Map<String, ClusterObject> objects = new TreeMap<>();

  @Override
  public synchronized void accept(List<ClusterEvent> batch) {
    batches.add(List.copyOf(batch));
    for (ClusterEvent event : batch) {
      switch (event) {
        case ClusterEvent.Put(var object) -> objects.put(id(object.kind(), object.key()), object);
        case ClusterEvent.Remove(var kind, var key) -> objects.remove(id(kind, key));
        case ClusterEvent.Restored _, ClusterEvent.Synced _ -> {}
      }
    }
  }

  private static String id(Kind kind, ObjectKey key) {
    return kind + " " + key;
  }

  synchronized List<List<ClusterEvent>> batches() {
    return List.copyOf(batches);
  }

  synchronized List<ClusterObject> objects() {
    return List.copyOf(objects.values());
  }

  /// `KIND namespace/name` of every object, sorted.
  synchronized List<String> ids() {
    return List.copyOf(objects.keySet());
  }

  synchronized <T extends ClusterObject> List<T> all(Class<T> type) {
    return objects.values().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .sorted(Comparator.comparing(object -> object.key().toString()))
        .toList();
  }
}
