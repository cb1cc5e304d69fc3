package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.zones.zone.Edit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A listener for tests in which no invariant may break. It remembers whose records were skipped.
final class FailingListener implements ZoneListener {
  final Set<String> skipped = new TreeSet<>();

  @Override
  public void published(List<Edit> edits) {}

  @Override
  public void skipped(Kind kind, ObjectKey key, String reason) {
    skipped.add(kind + " " + key);
  }

  @Override
  public void failed(Kind kind, ObjectKey key, RuntimeException cause) {
    throw new AssertionError(kind + " " + key, cause);
  }
}
