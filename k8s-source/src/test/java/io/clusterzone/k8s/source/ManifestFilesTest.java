package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.file.OddFile;
import io.clusterzone.k8s.made.MadeOptions;
import io.clusterzone.k8s.made.WorkloadPods;
import io.clusterzone.k8s.model.ClusterEvent;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.problem.Level;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.k8s.problem.ProblemLine;
import io.clusterzone.k8s.source.cluster.ManifestModel;
import io.clusterzone.k8s.source.object.Manifest;
import io.clusterzone.k8s.source.object.ManifestOptions;
import io.clusterzone.k8s.source.object.ManifestParser;
import io.clusterzone.k8s.source.object.ParsedFile;
import io.clusterzone.k8s.source.yaml.SharedValues;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Real files and a clock of the test's own: what is believed when, and what a directory may hold.
class ManifestFilesTest {
  private static final String A = Texts.service("a", "10.96.0.1");
  private static final String B = Texts.service("b", "10.96.0.2");

  @TempDir Path directory;

  private final Set<Path> directories = new HashSet<>();
  private final ManifestModel model = new ManifestModel(ManifestOptions.DEFAULT);
  private final FakeSink sink = new FakeSink();
  private long nowNanos;

  private ManifestFiles load(Path... roots) {
    var files = new ManifestFiles(List.of(roots), ManifestOptions.DEFAULT, directories::add);
    sink.accept(model.apply(files.readAll()));
    return files;
  }

  private List<String> services() {
    return sink.ids().stream().filter(id -> id.startsWith("SERVICE")).toList();
  }

  private List<String> problems(ManifestFiles files) {
    return files.problems(model).stream()
        .map(problem -> problem.toString().replace(directory + "/", ""))
        .toList();
  }

  private Path write(String file, String text) throws Exception {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  /// Lets time pass, looks at everything, and returns the events.
  private List<ClusterEvent> look(ManifestFiles files, Duration later) {
    nowNanos += later.toNanos();
    files.examine(directory, nowNanos);
    List<ClusterEvent> events = model.apply(files.readSettled(nowNanos));
    sink.accept(events);
    return events;
  }

  /// The sink has an object for good, and another one like it would take its memory twice.
  @Test
  void aChangedFileHasTheObjectsOfTheOneBeforeWhereTheyAreEqual() throws Exception {
    BigCluster.writeFiles(directory, 1);
    String text = Files.readString(directory.resolve("ns000/web00000.yaml"));
    ParsedFile first = parse(text);
    ParsedFile second =
        parse("# new\n" + text.replace("ready: true", "ready: false")).sharing(first);
    ParsedFile third = parse("# newer\n\n" + text).sharing(first);
    assertThat(third.manifests()).isEqualTo(parse("# newer\n\n" + text).manifests());
    assertThat(object(third, 0)).isSameAs(object(first, 0)).isSameAs(object(second, 0));
    assertThat(object(third, 1)).isSameAs(object(first, 1)).isNotEqualTo(object(second, 1));
  }

  private static ParsedFile parse(String text) throws Exception {
    return ManifestParser.parse(
        "f.yaml", new StringReader(text), ManifestOptions.DEFAULT, new SharedValues());
  }

  private static ClusterObject object(ParsedFile file, int index) {
    return switch (file.manifests().get(index)) {
      case Manifest.ServiceManifest service -> service.service();
      case Manifest.SliceManifest slice -> slice.slice();
      case Manifest other -> throw new AssertionError(other);
    };
  }

  @Test
  void believesFileOnceItHasLookedTheSameForAWhile() throws Exception {
    ManifestFiles files = load(directory);
    write("a.yaml", A);

    assertThat(look(files, Duration.ofMillis(10))).isEmpty();
    assertThat(look(files, PendingFiles.SETTLE.minusMillis(1))).isEmpty();
    write("a.yaml", A + "---\n" + B);
    assertThat(look(files, Duration.ofMillis(1))).isEmpty();
    assertThat(look(files, PendingFiles.SETTLE.minusMillis(1))).isEmpty();
    look(files, Duration.ofMillis(1));

    assertThat(services()).containsExactly("SERVICE shop/a", "SERVICE shop/b");
    assertThat(files.hasPending()).isFalse();
  }

  @Test
  void waitsLongerBeforeItBelievesThatAFileIsEmptyOrGone() throws Exception {
    write("a.yaml", A);
    write("b.yaml", B);
    ManifestFiles files = load(directory);
    write("a.yaml", "");
    Files.delete(directory.resolve("b.yaml"));

    look(files, Duration.ofMillis(1));
    assertThat(look(files, PendingFiles.SETTLE_GONE.minusMillis(1))).isEmpty();
    assertThat(services()).hasSize(2);

    write("a.yaml", A);
    write("b.yaml", B);
    look(files, Duration.ofMillis(1));
    assertThat(look(files, Duration.ofSeconds(1))).isEmpty();
    assertThat(files.hasPending()).isFalse();
    assertThat(services()).hasSize(2);
  }

  @Test
  void changesOfSeveralFilesAreBelievedTogether() throws Exception {
    write("old.yaml", A);
    ManifestFiles files = load(directory);
    Files.move(directory.resolve("old.yaml"), directory.resolve("new.yaml"));
    write("b.yaml", B);

    look(files, Duration.ofMillis(1));
    assertThat(look(files, PendingFiles.SETTLE)).isEmpty();
    List<ClusterEvent> events = look(files, PendingFiles.SETTLE_GONE);

    // The renamed file's objects have not changed.
    assertThat(events).hasSize(1).first().asString().contains("shop/b");
  }

  @Test
  void fileThatIsWrittenOnAndOnDoesNotHoldUpTheOthers() throws Exception {
    ManifestFiles files = load(directory);
    write("b.yaml", B);
    for (int i = 0; services().isEmpty() && i < 100; i++) {
      write("a.yaml", A + "# %s\n".formatted("x".repeat(i)));
      look(files, Duration.ofMillis(100));
    }

    assertThat(nowNanos).isLessThan(Duration.ofSeconds(1).toNanos());
    assertThat(services()).containsExactly("SERVICE shop/b");
    assertThat(files.hasPending()).isTrue();
  }

  @Test
  void unchangedFilesAreNotReadAgain() throws Exception {
    Path file = write("a.yaml", A);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    ManifestFiles files = load(directory);

    look(files, Duration.ofSeconds(1));

    assertThat(files.hasPending()).isFalse();
    // A new time alone makes it look changed, and its content then equal.
    Files.setLastModifiedTime(file, FileTime.fromMillis(2_000_000));
    look(files, Duration.ofMillis(1));
    assertThat(files.hasPending()).isTrue();
    assertThat(look(files, Duration.ofSeconds(1))).isEmpty();
    assertThat(files.hasPending()).isFalse();
  }

  @Test
  void passesOverHiddenFilesAndOtherEndings() throws Exception {
    for (String name :
        List.of(".a.yaml", ".git/a.yaml", "a.yaml~", "a.yaml.swp", "#a.yaml#", "a")) {
      write(name, "not: [YAML");
    }
    write("A.YAML", A);

    ManifestFiles files = load(directory);

    assertThat(problems(files)).isEmpty();
    assertThat(services()).containsExactly("SERVICE shop/a");
    assertThat(directories).containsExactly(directory);
  }

  @Test
  void reportsLinksThatFormALoopAndReadsTheRest() throws Exception {
    write("x/a.yaml", A);
    Files.createSymbolicLink(directory.resolve("x/up"), Path.of(".."));
    Files.createSymbolicLink(directory.resolve("self.yaml"), Path.of("self.yaml"));
    Files.createSymbolicLink(directory.resolve("dangling.yaml"), Path.of("nowhere.yaml"));

    ManifestFiles files = load(directory);

    assertThat(problems(files))
        .containsExactly(
            "self.yaml: cannot be read: Too many levels of symbolic links or unable to access"
                + " attributes of symbolic link",
            "x/up: links back to a directory above it; remove the link");
    assertThat(services()).containsExactly("SERVICE shop/a");
  }

  @Test
  void reportsLinkThatLeadsBackWhenItIsMade() throws Exception {
    write("x/a.yaml", A);
    ManifestFiles files = load(directory);

    Path link = Files.createSymbolicLink(directory.resolve("x/up"), Path.of(".."));
    files.examine(link, nowNanos);

    assertThat(problems(files))
        .containsExactly("x/up: links back to a directory above it; remove the link");
    assertThat(look(files, Duration.ofSeconds(1))).isEmpty();
  }

  /// As many ways lead through them as there are orders of the directories.
  @Test
  void directoriesThatLinkToEachOtherAreVisitedOnce() throws Exception {
    Path others = Files.createDirectory(directory.resolve(".others"));
    for (int i = 0; i < 22; i++) {
      write(".others/d" + i + "/s.yaml", Texts.service("s" + i, "10.96.1." + i));
      for (int j = 0; j < 22; j++) {
        Files.createSymbolicLink(others.resolve("d" + i + "/to" + j), Path.of("../d" + j));
      }
    }
    Path entrance = Files.createSymbolicLink(directory.resolve("in"), others.resolve("d0"));
    ManifestFiles files = load(directory);
    assertThat(services()).hasSize(22);

    files.examine(entrance, nowNanos);
    assertThat(look(files, Duration.ofSeconds(1))).isEmpty();
    assertThat(services()).hasSize(22);
  }

  @Test
  void aDirectoryThatTwoLinksLeadToCountsOnce() throws Exception {
    write(".shared/a.yaml", A);
    Files.createSymbolicLink(directory.resolve("one"), Path.of(".shared"));
    ManifestFiles files = load(directory);
    Path two = Files.createSymbolicLink(directory.resolve("two"), Path.of(".shared"));
    files.examine(two, nowNanos);
    look(files, Duration.ofSeconds(1));

    assertThat(problems(files)).isEmpty();
    assertThat(services()).containsExactly("SERVICE shop/a");
  }

  @Test
  void anEmptiedRootIsServedUntilItIsFilledAgain() throws Exception {
    write("a.yaml", A);
    write("x/b.yaml", B);
    ManifestFiles files = load(directory);
    Files.delete(directory.resolve("a.yaml"));
    Files.delete(directory.resolve("x/b.yaml"));
    Files.delete(directory.resolve("x"));

    look(files, Duration.ofMillis(1));
    assertThat(look(files, Duration.ofSeconds(5))).isEmpty();
    assertThat(problems(files))
        .containsExactly(
            directory
                + ": has lost all of its files; what was read from them is served for 30 s"
                + " more");
    assertThat(files.problems(model)).extracting(Problem::level).containsExactly(Level.WARNING);
    assertThat(files.hasPending()).isFalse();

    // The first file is back, the other is on its way.
    write("a.yaml", A);
    assertThat(look(files, Duration.ofMillis(50))).isEmpty();
    assertThat(files.hasPending()).isTrue();
    assertThat(look(files, Duration.ofMillis(900))).isEmpty();
    write("x/b.yaml", B);
    assertThat(look(files, Duration.ofMillis(900))).isEmpty();
    assertThat(look(files, Duration.ofSeconds(2))).isEmpty();
    assertThat(problems(files)).isEmpty();
    assertThat(services()).containsExactly("SERVICE shop/a", "SERVICE shop/b");
  }

  @Test
  void namesTheFilesThatWereTaken() throws Exception {
    write("a.yaml", A);
    write("b.yaml", B);
    ManifestFiles files = load(directory);
    assertThat(taken(files, 3))
        .containsExactly("a.yaml added", "b.yaml added", "2 files taken: 3 objects");

    write("a.yaml", A.replace("10.96.0.1", "10.96.0.9"));
    look(files, Duration.ofMillis(1));
    assertThat(taken(files, 0)).isEmpty();
    look(files, Duration.ofSeconds(1));
    assertThat(taken(files, 1)).containsExactly("a.yaml changed: 1 object");

    Files.delete(directory.resolve("a.yaml"));
    for (int i = 0; i < TakenFiles.NAMED; i++) {
      write("c%d.yaml".formatted(i), Texts.service("c" + i, "10.96.1." + i));
    }
    look(files, Duration.ofMillis(1));
    look(files, Duration.ofSeconds(1));
    assertThat(taken(files, 11))
        .hasSize(TakenFiles.NAMED + 1)
        .contains("a.yaml removed")
        .endsWith("11 files taken (1 more than are named): 11 objects");
    assertThat(taken(files, 0)).isEmpty();
  }

  private List<String> taken(ManifestFiles files, int objects) {
    return files.taken(objects).stream()
        .map(line -> line.replace(directory + "/", ""))
        .sorted(Comparator.comparing(line -> line.contains(" taken")))
        .toList();
  }

  @Test
  void whatDoesNotComeBackToAnEmptiedRootGoes() throws Exception {
    write("a.yaml", A);
    write("b.yaml", B);
    ManifestFiles files = load(directory);
    Files.delete(directory.resolve("a.yaml"));
    Files.delete(directory.resolve("b.yaml"));
    look(files, Duration.ofMillis(1));
    assertThat(look(files, Duration.ofSeconds(29))).isEmpty();

    write("a.yaml", A);
    look(files, Duration.ofMillis(50));
    look(files, EmptiedRoots.QUIET.plusMillis(1));
    assertThat(services()).containsExactly("SERVICE shop/a");
  }

  @Test
  void anEmptiedRootIsEmptyAfterAWhile() throws Exception {
    write("a.yaml", A);
    ManifestFiles files = load(directory);
    Files.delete(directory.resolve("a.yaml"));
    look(files, Duration.ofMillis(1));
    assertThat(look(files, EmptiedRoots.GRACE)).isEmpty();
    assertThat(look(files, Duration.ofMillis(1))).isNotEmpty();
    assertThat(services()).isEmpty();
    assertThat(problems(files)).isEmpty();
  }

  @Test
  void whatBecomesUnreadableKeepsWhatWasServed() throws Exception {
    write("a.yaml", A);
    write("x/b.yaml", B);
    ManifestFiles files = load(directory);

    Files.delete(directory.resolve("a.yaml"));
    Files.createSymbolicLink(directory.resolve("a.yaml"), Path.of("a.yaml"));
    Files.delete(directory.resolve("x/b.yaml"));
    Files.delete(directory.resolve("x"));
    Files.createSymbolicLink(directory.resolve("x"), Path.of("x"));
    look(files, Duration.ofMillis(1));
    assertThat(look(files, Duration.ofSeconds(1))).isEmpty();

    assertThat(problems(files)).hasSize(2);
    assertThat(services()).hasSize(2);
  }

  @Test
  void directoriesThatAreTooDeepAreReported() throws Exception {
    Files.createDirectories(directory.resolve("d/".repeat(TreeScan.MAX_DEPTH + 5)));

    assertThat(problems(load(directory)))
        .singleElement()
        .asString()
        .endsWith("is more than 32 directories deep");
  }

  @Test
  void specialFilesAreNotOpened() throws Exception {
    Files.createSymbolicLink(directory.resolve("zero.yaml"), Path.of("/dev/zero"));

    ManifestFiles files = load(directory, Path.of("/dev/null"));

    assertThat(problems(files))
        .containsExactly(
            "/dev/null: cannot be read: it is a device; only regular files are read",
            "zero.yaml: cannot be read: it is a device; only regular files are read");
  }

  @Test
  void bytesThatAreNoTextAreReportedWithTheirPlace() throws Exception {
    String lines = "# a comment\n".repeat(2_000);
    write("control.yaml", lines + "kind: \u0001\n");
    Files.write(
        directory.resolve("latin1.yaml"),
        (lines + "kind: \u00e9t\u00e9\n").getBytes(StandardCharsets.ISO_8859_1));

    assertThat(problems(load(directory)))
        .containsExactly(
            "control.yaml:2001:7: U+0001 is not allowed in YAML; is this a text file?",
            "latin1.yaml:2001:7: not UTF-8; is this a text file?");
  }

  @Test
  void utf16IsReadAsPowerShellWritesIt() throws Exception {
    Files.write(directory.resolve("a.yaml"), ("\uFEFF" + A).getBytes(StandardCharsets.UTF_16LE));

    assertThat(problems(load(directory))).isEmpty();
    assertThat(services()).containsExactly("SERVICE shop/a");
  }

  /// A directory may bear any name; a link to a FIFO would hold up all files.
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DIRECTORY")
  void whatIsNoFileIsReportedAndTheOthersAreRead(OddFile odd) throws Exception {
    odd.put(directory.resolve("odd.yaml"));
    write("a.yaml", A);

    assertThat(problems(load(directory))).singleElement(STRING).contains(odd.reason());
    assertThat(services()).containsExactly("SERVICE shop/a");
  }

  @Test
  void checkFindsTheProblemsOfFilesAndBetweenThem() throws Exception {
    write("a.yaml", A);
    write("b.yaml", Texts.service("b", "10.96.0.1"));
    write("c.yaml", Texts.service("C", "10.96.0.3"));
    write("d.yaml", "x: [");

    List<String> found = new ArrayList<>();
    ManifestCheck.check(List.of(directory, directory.resolve("none")), MadeOptions.NONE)
        .problems()
        .forEach(problem -> found.add(problem.toString().replace(directory + "/", "")));

    assertThat(found).hasSize(4);
    assertThat(found.get(0)).startsWith("b.yaml:7:14: cluster IP 10.96.0.1 of Service shop/b");
    assertThat(found.get(1)).startsWith("c.yaml:4:9: name: \"C\" is not a DNS label");
    assertThat(found.get(2)).startsWith("d.yaml:1:5: not YAML: ");
    assertThat(found.get(3)).startsWith("none: does not exist");
  }

  /// Each file asks for Pods that take a good part of the heap, whatever its size.
  @Test
  void filesThatDoNotFitIntoMemoryAreOneLine() throws Exception {
    long pods = Limit.MANIFEST_MEMORY.value() / 800;
    int files = (int) (2 * pods / WorkloadPods.MAX_REPLICAS) + 3;
    write("a.yaml", A);
    for (int i = 0; i < files; i++) {
      write(
          "w%03d.yaml".formatted(i),
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: web%d, namespace: shop}
          spec: {replicas: 10000, template: {metadata: {labels: {app: web}}}}
          """
              .formatted(i));
    }
    var made = MadeOptions.NONE.withPods(MadeOptions.POD_RANGES);
    var read =
        new ManifestFiles(List.of(directory), ManifestOptions.DEFAULT.with(made), directories::add);
    assertThat(read.readAll()).isNotEmpty();
    List<Problem> refused =
        read.problems(model).stream()
            .filter(problem -> problem.kind() == ProblemKind.TOO_MANY_OBJECTS)
            .toList();
    assertThat(refused).hasSizeGreaterThan(1);
    assertThat(ProblemLine.of(refused))
        .singleElement()
        .asString()
        .startsWith(refused.size() + " files do not fit into memory beside the others: ");
  }
}
