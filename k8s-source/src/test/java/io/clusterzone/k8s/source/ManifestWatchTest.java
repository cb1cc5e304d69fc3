package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.source.object.ManifestOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Changes of real files, and when and as what they reach the sink.
class ManifestWatchTest {
  private static final String A = Texts.service("a", "10.96.0.1");
  private static final String B = Texts.service("b", "10.96.0.2");

  @TempDir Path directory;

  private final FakeSink sink = new FakeSink();
  private final List<List<Problem>> reports = new CopyOnWriteArrayList<>();
  private final List<ManifestSource> sources = new ArrayList<>();

  private void watch(Path... paths) throws Exception {
    var source = new ManifestSource(List.of(paths), ManifestOptions.DEFAULT, sink, reports::add);
    sources.add(source);
    source.load();
    source.start();
  }

  @AfterEach
  void close() {
    sources.forEach(ManifestSource::close);
  }

  private Path write(String file, String text) throws Exception {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  private List<String> services() {
    return sink.all(Service.class).stream()
        .map(service -> service.key().name() + service.clusterIps())
        .toList();
  }

  /// The limit is generous, as the machine may be busy; [#servesWithinASecond()] has the real one.
  private static void until(BooleanSupplier condition) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(condition::getAsBoolean);
  }

  private void untilServices(String... expected) {
    until(() -> services().equals(List.of(expected)));
  }

  private String lastProblem() {
    return reports.isEmpty() || reports.getLast().isEmpty()
        ? ""
        : reports.getLast().getFirst().message();
  }

  @Test
  void servesFilesThatAreCreatedChangedRenamedAndDeleted() throws Exception {
    watch(directory);

    Path file = write("a.yaml", A);
    untilServices("a[10.96.0.1]");

    write("a.yaml", Texts.service("a", "10.96.0.9"));
    untilServices("a[10.96.0.9]");
    int batches = sink.batches().size();

    Files.move(file, directory.resolve("z.yaml"));
    write("b.yaml", B);
    untilServices("a[10.96.0.9]", "b[10.96.0.2]");
    // The rename itself changes nothing, and nothing is taken away in between.
    assertThat(sink.batches()).hasSize(batches + 1);

    Files.delete(directory.resolve("z.yaml"));
    untilServices("b[10.96.0.2]");
  }

  @Test
  void goesOnAfterAnErrorOfTheProgram() throws Exception {
    var thrown = new AtomicBoolean();
    var source =
        new ManifestSource(
            List.of(directory),
            ManifestOptions.DEFAULT,
            sink,
            problems -> {
              if (!problems.isEmpty() && thrown.compareAndSet(false, true)) {
                throw new LinkageError("for the test");
              }
            });
    sources.add(source);
    source.load();
    source.start();
    write("bad.yaml", "a: [b");
    until(thrown::get);
    write("a.yaml", A);
    untilServices("a[10.96.0.1]");
  }

  @Test
  void servesWithinASecond() throws Exception {
    watch(directory);
    List<Long> millis = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      long start = System.nanoTime();
      write("a.yaml", Texts.service("a", "10.96.0." + i));
      untilServices("a[10.96.0.%d]".formatted(i));
      millis.add((System.nanoTime() - start) / 1_000_000);
    }

    assertThat(Collections.min(millis)).isLessThan(1_000);
  }

  @Test
  void watchesDirectoriesThatComeAndGo() throws Exception {
    watch(directory);

    write("x/y/a.yaml", A);
    untilServices("a[10.96.0.1]");
    write("x/y/b.yaml", B);
    untilServices("a[10.96.0.1]", "b[10.96.0.2]");

    Files.move(directory.resolve("x/y"), directory.resolve("w"));
    write("w/a.yaml", Texts.service("a", "10.96.0.7"));
    untilServices("a[10.96.0.7]", "b[10.96.0.2]");

    Files.delete(directory.resolve("w/a.yaml"));
    Files.delete(directory.resolve("w/b.yaml"));
    Files.delete(directory.resolve("w"));
    write("c.yaml", Texts.service("c", "10.96.0.4"));
    untilServices("c[10.96.0.4]");
  }

  @Test
  void swapsMountedConfigMapAsOneChange() throws Exception {
    // As the kubelet's atomic writer does it.
    write("..2026_1/a.yaml", A);
    write("..2026_1/b.yaml", B);
    write("..2026_1/sub/c.yaml", Texts.service("c", "10.96.0.3"));
    Files.createSymbolicLink(directory.resolve("..data"), Path.of("..2026_1"));
    Files.createSymbolicLink(directory.resolve("a.yaml"), Path.of("..data/a.yaml"));
    Files.createSymbolicLink(directory.resolve("b.yaml"), Path.of("..data/b.yaml"));
    Files.createSymbolicLink(directory.resolve("sub"), Path.of("..data/sub"));
    watch(directory);
    assertThat(services()).containsExactly("a[10.96.0.1]", "b[10.96.0.2]", "c[10.96.0.3]");
    int batches = sink.batches().size();

    write("..2026_2/a.yaml", Texts.service("a", "10.96.0.2"));
    write("..2026_2/b.yaml", Texts.service("b", "10.96.0.1"));
    write("..2026_2/sub/c.yaml", Texts.service("c", "10.96.0.4"));
    Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..2026_2"));
    Files.move(
        directory.resolve("..data_tmp"),
        directory.resolve("..data"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);

    untilServices("a[10.96.0.2]", "b[10.96.0.1]", "c[10.96.0.4]");
    assertThat(sink.batches()).hasSize(batches + 1);
    assertThat(reports).isEmpty();
  }

  @Test
  void followsRootThatIsALinkToAnotherRelease() throws Exception {
    write("one/a.yaml", A);
    write("two/b.yaml", B);
    Path current = directory.resolve("current");
    Files.createSymbolicLink(current, Path.of("one"));
    watch(current);

    Files.createSymbolicLink(directory.resolve("next"), Path.of("two"));
    Files.move(directory.resolve("next"), current, StandardCopyOption.ATOMIC_MOVE);

    untilServices("b[10.96.0.2]");
    write("two/a.yaml", A);
    untilServices("a[10.96.0.1]", "b[10.96.0.2]");
  }

  @Test
  void servesTheFileBehindALinkAsItChanges() throws Exception {
    Path file = write("elsewhere/.web", A);
    Path root = Files.createDirectory(directory.resolve("root"));
    Files.createSymbolicLink(root.resolve("web.yaml"), file);
    watch(root);

    long start = System.nanoTime();
    Files.writeString(file, Texts.service("a", "10.96.0.9"));
    untilServices("a[10.96.0.9]");
    // Well before the poll of all files.
    assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(8).toNanos());
  }

  @Test
  void editorThatTruncatesAndWritesNeverEmptiesTheZone() throws Exception {
    Path file = write("a.yaml", A + "---\n" + B);
    watch(directory);
    for (int i = 0; i < 5; i++) {
      Files.writeString(file, "");
      Files.writeString(file, A.substring(0, 20));
      Files.writeString(file, A + "---\n" + Texts.service("b", "10.96.1." + i));
      untilServices("a[10.96.0.1]", "b[10.96.1.%d]".formatted(i));
    }

    assertThat(removals()).isEmpty();
  }

  @Test
  void editorThatRenamesTheOldFileAwayNeverEmptiesTheZone() throws Exception {
    Path file = write("a.yaml", A);
    watch(directory);

    Files.move(file, directory.resolve("a.yaml~"));
    Files.writeString(file, Texts.service("a", "10.96.0.8"));

    untilServices("a[10.96.0.8]");
    assertThat(removals()).isEmpty();
  }

  private List<ClusterEvent> removals() {
    return sink.batches().stream()
        .flatMap(List::stream)
        .filter(ClusterEvent.Remove.class::isInstance)
        .toList();
  }

  @Test
  void fileThatIsReallyEmptiedIsBelievedInTheEnd() throws Exception {
    write("a.yaml", A);
    watch(directory);

    write("a.yaml", "");

    untilServices();
  }

  @Test
  void brokenFileKeepsItsLastGoodVersionUntilItIsMended() throws Exception {
    write("a.yaml", A);
    watch(directory);

    write("a.yaml", A + "x: [");
    until(() -> lastProblem().startsWith("not YAML"));
    write("b.yaml", B);
    untilServices("a[10.96.0.1]", "b[10.96.0.2]");

    write("a.yaml", Texts.service("a", "10.96.0.3"));
    untilServices("a[10.96.0.3]", "b[10.96.0.2]");
    until(() -> reports.getLast().isEmpty());
  }

  @Test
  void rootThatVanishesKeepsWhatWasServed() throws Exception {
    Path root = Files.createDirectory(directory.resolve("root"));
    write("root/a.yaml", A);
    watch(root);

    Files.move(root, directory.resolve("away"));
    until(() -> lastProblem().startsWith("does not exist"));
    assertThat(services()).containsExactly("a[10.96.0.1]");

    write("root/b.yaml", B);
    untilServices("b[10.96.0.2]");
    until(() -> reports.getLast().isEmpty());
  }

  @Test
  void rootThatIsDeletedWithItsFilesKeepsWhatWasServed() throws Exception {
    Path root = Files.createDirectory(directory.resolve("root"));
    Path a = write("root/a.yaml", A);
    Path b = write("root/x/b.yaml", B);
    watch(root);

    Files.delete(a);
    Files.delete(b);
    Files.delete(root.resolve("x"));
    Files.delete(root);
    until(() -> lastProblem().startsWith("does not exist"));
    await()
        .during(PendingFiles.SETTLE_GONE.plus(PendingFiles.MAX_WAIT))
        .atMost(Duration.ofSeconds(5))
        .until(() -> services().equals(List.of("a[10.96.0.1]", "b[10.96.0.2]")));
  }

  @Test
  void touchedFileThatIsTheSameIsNoChange() throws Exception {
    write("a.yaml", A);
    watch(directory);
    int batches = sink.batches().size();

    write("a.yaml", A);
    write("a.yaml", A.replace("spec:", "# a comment\nspec:"));
    write("b.yaml", B);

    untilServices("a[10.96.0.1]", "b[10.96.0.2]");
    assertThat(sink.batches()).hasSize(batches + 1);
    assertThat(sink.batches().getLast()).hasSize(1);
  }

  @Test
  void manyFilesWrittenTogetherAreOneChange() throws Exception {
    watch(directory);
    int batches = sink.batches().size();

    for (int i = 0; i < 20; i++) {
      write("f%d.yaml".formatted(i), Texts.service("s" + i, "10.96.1." + i));
    }

    until(() -> services().size() == 20);
    assertThat(sink.batches()).hasSize(batches + 1);
  }

  @Test
  void givenFileIsWatchedWithoutItsNeighbours() throws Exception {
    Path file = write("a.conf", A);
    watch(file);

    write("b.yaml", B);
    write("a.conf", Texts.service("a", "10.96.0.4"));

    untilServices("a[10.96.0.4]");
  }

  @Test
  void closeEndsTheThread() throws Exception {
    watch(directory);
    assertThat(watchThreads()).isPositive();

    sources.getLast().close();

    until(() -> watchThreads() == 0);
  }

  private static long watchThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("manifest-watch"))
        .count();
  }
}
