package io.clusterzone.k8s.api;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterSink;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The receiver of events, as simple as it can be: what it holds must equal what the server holds.
final class ServedModel implements ClusterSink {
  private final Map<Kind, Map<ObjectKey, ClusterObject>> objects = new EnumMap<>(Kind.class);
  private final Set<Kind> synced = EnumSet.noneOf(Kind.class);
  private final List<List<ClusterEvent>> batches = new ArrayList<>();

  private boolean blocked;

  @Override
  public synchronized void accept(List<ClusterEvent> batch) throws InterruptedException {
    while (blocked) {
      wait();
    }
    batches.add(batch);
    for (ClusterEvent event : batch) {
      switch (event) {
        case ClusterEvent.Put(var object) ->
            objects.computeIfAbsent(object.kind(), _ -> new HashMap<>()).put(object.key(), object);
        case ClusterEvent.Remove(var kind, var key) ->
            objects.computeIfAbsent(kind, _ -> new HashMap<>()).remove(key);
        case ClusterEvent.Restored _ -> {}
        case ClusterEvent.Synced(var kind) -> synced.add(kind);
      }
    }
  }

  /// Whether batches have to wait.
  synchronized void block(boolean yes) {
    blocked = yes;
    notifyAll();
  }

  synchronized Map<ObjectKey, ClusterObject> objects(Kind kind) {
    return Map.copyOf(objects.getOrDefault(kind, Map.of()));
  }

  synchronized boolean synced(Kind kind) {
    return synced.contains(kind);
  }

  synchronized List<List<ClusterEvent>> batches() {
    return List.copyOf(batches);
  }

  /// All events in order.
  List<ClusterEvent> events() {
    return batches().stream().flatMap(List::stream).toList();
  }

  synchronized void forgetEvents() {
    batches.clear();
  }
}
