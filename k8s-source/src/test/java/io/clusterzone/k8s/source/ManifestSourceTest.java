package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.problem.Problem;
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

  /// A whole cluster as one batch takes twice its memory.
  @Test
  void handsOverAClusterInPartsInWhichNamesAreMadeOnce() throws Exception {
    BigCluster.writeList(directory.resolve("list.yaml"), 1000);

    assertThat(load(directory)).isEmpty();

    assertThat(sink.batches()).hasSize(6).allMatch(batch -> batch.size() <= 500);
    List<ClusterEvent> all = sink.batches().stream().flatMap(List::stream).toList();
    assertThat(all.stream().map(ManifestSourceTest::what).distinct())
        .containsExactly("NAMESPACE", "ENDPOINT_SLICE", "SERVICE", "Synced");
    assertThat(all).hasSize(500 + 1000 + 1000 + Kind.values().length);
  }

  /// In a large cluster what repeats would otherwise be a tenth of its memory.
  @Test
  void whatRepeatsFromFileToFileIsThereOnce() throws Exception {
    Files.writeString(directory.resolve("one.yaml"), Texts.service("one", "10.96.0.1"));
    Files.writeString(directory.resolve("two.yaml"), Texts.service("two", "10.96.0.2"));

    assertThat(load(directory)).isEmpty();

    List<ClusterObject.Service> services = sink.all(ClusterObject.Service.class);
    assertThat(services.getFirst().key().namespace())
        .isSameAs(services.getLast().key().namespace());
    assertThat(services.getFirst().ports()).isSameAs(services.getLast().ports());
  }

  private static String what(ClusterEvent event) {
    return event instanceof ClusterEvent.Put(ClusterObject object)
        ? object.kind().toString()
        : event.getClass().getSimpleName();
  }
}
