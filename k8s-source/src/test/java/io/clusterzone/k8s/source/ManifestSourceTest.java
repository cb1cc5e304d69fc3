package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first load, from a directory to events.
class ManifestSourceTest {
  @TempDir Path directory;

  private final FakeSink sink = new FakeSink();

  private List<Problem> load(Path... paths) throws Exception {
    try (var source = new ManifestSource(List.of(paths), ManifestTestbed.ALL, sink, _ -> {})) {
      return source.load();
    }
  }

  @Test
  void loadsDirectoriesRecursivelyAndFilesOfAnyEnding() throws Exception {
    Files.createDirectories(directory.resolve("in/a/b"));
    Files.writeString(directory.resolve("in/one.yaml"), Texts.service("one", "10.96.0.1"));
    Files.writeString(directory.resolve("in/a/two.yml"), Texts.service("two", "10.96.0.2"));
    Files.writeString(
        directory.resolve("in/a/b/three.json"),
        """
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "three"}}
        """);
    Files.writeString(directory.resolve("in/a/notes.txt"), "not a manifest");
    Files.writeString(directory.resolve("given.txt"), Texts.service("four", "10.96.0.4"));

    assertThat(load(directory.resolve("in"), directory.resolve("given.txt"))).isEmpty();

    assertThat(sink.ids())
        .containsExactly(
            "NAMESPACE shop",
            "NAMESPACE three",
            "SERVICE shop/four",
            "SERVICE shop/one",
            "SERVICE shop/two");
  }

  @Test
  void firstBatchEndsWithEveryKindSynced() throws Exception {
    Files.writeString(directory.resolve("one.yaml"), Texts.service("one", "10.96.0.1"));

    assertThat(load(directory)).isEmpty();

    assertThat(sink.batches()).hasSize(1);
    List<ClusterEvent> batch = sink.batches().getFirst();
    assertThat(batch.subList(2, batch.size()))
        .isEqualTo(Arrays.stream(Kind.values()).map(ClusterEvent.Synced::new).toList());
  }
}
