package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.zones.zone.Edit;
import java.util.List;

/// The listener to the making of zones. Called on the zone writer's thread, which waits; must not
/// throw.
public interface ZoneListener {
  /// A batch has become visible: the zones whose content changed, and how.
  void published(List<Edit> edits);

  /// A change of a cluster that is followed can be asked for, so long after it arrived here.
  default void visible(long nanos) {}

  /// A part of an object has no record, because DNS cannot carry it; the rest of it has.
  void skipped(Kind kind, ObjectKey key, String reason);

  /// An invariant of ours broke on an object. Its records published before stay.
  void failed(Kind kind, ObjectKey key, RuntimeException cause);
}
