package io.clusterzone.k8s.source.cluster;

import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.source.object.Manifest.SliceManifest;
import java.util.HashMap;
import java.util.Map;

/// The Services named by slices in the files. Confined to the source's thread.
final class GivenSlices {
  private final Map<ObjectKey, Integer> slices = new HashMap<>();
  private final Map<ObjectKey, Integer> mirrors = new HashMap<>();

  /// Counts a slice that has come, by 1, or gone, by -1.
  void count(SliceManifest slice, int change) {
    ObjectKey service = serviceOf(slice);
    add(slices, service, change);
    if (slice.mirror()) {
      add(mirrors, service, change);
    }
  }

  private static void add(Map<ObjectKey, Integer> counts, ObjectKey service, int change) {
    counts.merge(service, change, Integer::sum);
    counts.remove(service, 0);
  }

  static ObjectKey serviceOf(SliceManifest slice) {
    return new ObjectKey(slice.key().namespace(), slice.slice().service());
  }

  boolean name(ObjectKey service) {
    return slices.containsKey(service);
  }

  /// Whether the mirroring controller has been at work: its slices are among the files.
  boolean mirror(ObjectKey service) {
    return mirrors.containsKey(service);
  }
}
