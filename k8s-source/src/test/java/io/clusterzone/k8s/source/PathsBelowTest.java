package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Paths below another, and the work that it takes to find them.
final class PathsBelowTest {
  private final TreeMap<Path, Integer> paths = new TreeMap<>(this::compare);
  private long compared;

  private int compare(Path one, Path other) {
    compared++;
    return one.compareTo(other);
  }

  @Test
  void findsThePathItselfAndAllBelow() {
    for (String path : new String[] {"a", "a-b", "a/b", "a/c/d", "a0", "b/a"}) {
      paths.put(Path.of(path), 0);
    }
    assertThat(PathsBelow.of(paths, Path.of("a")))
        .containsExactly(Path.of("a"), Path.of("a/b"), Path.of("a/c/d"));
  }

  /// Of many files that go, each is an event of its own, and must not cost a walk through all.
  @Test
  void onePathCostsNoWalkThroughAll() {
    int count = 10_000;
    for (int i = 0; i < count; i++) {
      paths.put(Path.of("directory/f" + i + ".yaml"), i);
    }
    compared = 0;
    for (Path path : paths.keySet()) {
      assertThat(PathsBelow.of(paths, path)).containsExactly(path);
    }
    assertThat(compared).isLessThan(100L * count);
  }
}
