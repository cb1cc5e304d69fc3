package io.clusterzone.k8s.source.cluster;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The objects that the sink knows, and the changes since its last batch. Confined to the source's
/// thread.
final class Served {
  private record Id(Kind kind, ObjectKey key) {}

  private final Set<Kind> kinds;
  private final Map<Id, ClusterObject> objects = new HashMap<>();

  /// The version that the sink knows of each object touched since the last batch; null is nothing.
  private final Map<Id, @Nullable ClusterObject> before = new LinkedHashMap<>();

  /// Objects of other kinds than these are not reported.
  Served(Set<Kind> kinds) {
    this.kinds = kinds;
  }

  void put(ClusterObject object) {
    if (kinds.contains(object.kind())) {
      var id = new Id(object.kind(), object.key());
      touch(id);
      objects.put(id, object);
    }
  }

  void remove(Kind kind, ObjectKey key) {
    var id = new Id(kind, key);
    if (objects.containsKey(id)) {
      touch(id);
      objects.remove(id);
    }
  }

  private void touch(Id id) {
    if (!before.containsKey(id)) {
      before.put(id, objects.get(id));
    }
  }

  /// The changes since the last call.
  List<ClusterEvent> takeBatch() {
    List<ClusterEvent> batch = new ArrayList<>();
    before.forEach((id, old) -> {
      @Nullable ClusterObject now = objects.get(id);
      if (now == null && old != null) {
        batch.add(new ClusterEvent.Remove(id.kind(), id.key()));
      } else if (now != null && !now.equals(old)) {
        batch.add(new ClusterEvent.Put(now));
      }
    });
    before.clear();
    return batch;
  }
}
