package io.clusterzone.k8s.api;

import io.clusterzone.k8s.model.ClusterObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Snapshots for the tests of others.
public final class Snapshots {
  private Snapshots() {}

  /// Writes what an earlier process with these options would have left behind.
  public static void write(Path file, ApiOptions options, Instant time, ClusterObject... objects)
      throws IOException {
    SnapshotFile.write(file, ApiSource.scope(options), time, List.of(objects));
  }

  /// All that a file has.
  static List<ClusterObject> read(Path file, String scope) throws IOException {
    try (var snapshot = SnapshotFile.open(file, scope)) {
      return snapshot.next(snapshot.size());
    }
  }
}
