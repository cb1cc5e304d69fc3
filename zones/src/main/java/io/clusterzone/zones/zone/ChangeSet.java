package io.clusterzone.zones.zone;

import java.util.List;

/// By what one version of a zone differs from the one before: each owner name at most once, in no
/// particular order. Empty if nothing changed; the serials are equal then.
public record ChangeSet(int fromSerial, int toSerial, List<Change> changes) {
  public ChangeSet {
    changes = List.copyOf(changes);
  }

  public boolean isEmpty() {
    return changes.isEmpty();
  }
}
