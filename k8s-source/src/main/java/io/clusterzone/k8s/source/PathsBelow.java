package io.clusterzone.k8s.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/// The paths of a sorted map at or below one, without a walk through all. For [ManifestFiles] and
/// [PendingFiles], on the source's thread.
final class PathsBelow {
  private PathsBelow() {}

  /// Paths sort by their octets, so all that begin with the text of one follow it; `a-b` is among
  /// them, before `a/b`.
  static List<Path> of(NavigableMap<Path, ?> paths, Path start) {
    List<Path> found = new ArrayList<>();
    String text = start.toString();
    @Nullable Path path = paths.ceilingKey(start);
    for (; path != null && path.toString().startsWith(text); path = paths.higherKey(path)) {
      if (path.startsWith(start)) {
        found.add(path);
      }
    }
    return found;
  }
}
