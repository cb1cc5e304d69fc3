package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.api.connect.FakeTiming;
import io.clusterzone.k8s.api.decode.ApiEvent;
import io.clusterzone.k8s.api.snapshot.SnapshotFile;
import io.clusterzone.k8s.api.snapshot.SnapshotStatus;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When the snapshot is written, on a clock of its own.
final class SnapshotKeeperTest {
  @TempDir private Path directory = Path.of("");
  private final FakeTiming timing = new FakeTiming();
  private final SnapshotStatus status = new SnapshotStatus();
  private final KindFeed feed = feed(Kind.SERVICE);
  private final KindFeed.Part part = feed.newPart();

  private KindFeed feed(Kind kind) {
    return Feeds.of(new KindStatus(kind), timing);
  }

  private void put(ClusterObject object) throws InterruptedException {
    put(object, feed, part);
  }

  private static void put(ClusterObject object, KindFeed feed, KindFeed.Part part)
      throws InterruptedException {
    feed.put(part, new ApiEvent.Present(new ApiEvent.Version(object.key(), "u", "1"), object, ""));
    feed.flush();
  }

  /// What a kind has, all of it known.
  private KindFeed synced(Kind kind, ClusterObject... objects) throws InterruptedException {
    KindFeed synced = feed(kind);
    KindFeed.Part all = synced.newPart();
    synced.beginRound(all);
    for (ClusterObject object : objects) {
      put(object, synced, all);
    }
    synced.endRound(all);
    synced.flush();
    return synced;
  }

  private static void proven(KindFeed feed, Instant when) {
    feed.status().proven(new Resource(feed.status().kind(), "", "", "", false), when);
  }

  private void seconds(SnapshotKeeper keeper, int seconds) {
    for (int i = 0; i < seconds; i++) {
      timing.advance(Duration.ofSeconds(1).toNanos());
      keeper.tick();
    }
  }

  @Test
  void writesWhenTheClusterIsSyncedAndQuietAndOnlyWhenItHasChanged() throws Exception {
    Path file = directory.resolve("snapshot");
    var keeper = new SnapshotKeeper(file, () -> "all", List.of(feed), timing, status);
    put(Samples.headless("a"));
    seconds(keeper, 20);
    assertThat(file).as("not synced").doesNotExist();

    feed.beginRound(part);
    put(Samples.headless("a"));
    feed.endRound(part);
    feed.flush();
    keeper.tick();
    seconds(keeper, 4);
    assertThat(file).as("not quiet yet").doesNotExist();
    seconds(keeper, 2);
    assertThat(Snapshots.read(file, "all")).containsExactly(Samples.headless("a"));
    assertThat(status.octets()).isEqualTo(Files.size(file));

    Files.delete(file);
    seconds(keeper, 600);
    assertThat(file).as("nothing has changed").doesNotExist();
  }

  /// As of when it is decides how stale answers from it are called.
  @Test
  void isAsOfWhenEachKindWasProvenAndRenewedHourlyWhereNothingChanges() throws Exception {
    Path file = directory.resolve("snapshot");
    KindFeed services = synced(Kind.SERVICE, Samples.headless("a"));
    KindFeed namespaces = synced(Kind.NAMESPACE, Samples.namespace("shop"));
    Instant first = timing.now();
    proven(namespaces, first);
    timing.advance(Duration.ofSeconds(30).toNanos());
    proven(services, timing.now());
    var keeper =
        new SnapshotKeeper(file, () -> "all", List.of(services, namespaces), timing, status);
    seconds(keeper, 7);
    assertThat(status.time()).isEqualTo(first);

    seconds(keeper, 3700);
    assertThat(status.time()).as("nothing was proven since").isEqualTo(first);
    proven(namespaces, timing.now());
    Instant later = timing.now().minusSeconds(60);
    proven(services, later);
    seconds(keeper, 1);
    assertThat(status.time()).isEqualTo(later);
    try (var snapshot = SnapshotFile.open(file, "all")) {
      assertThat(snapshot.time()).isEqualTo(later);
    }
    proven(services, timing.now());
    seconds(keeper, 3500);
    assertThat(status.time()).as("not yet an hour").isEqualTo(later);
  }

  /// Each of many changes on a full disk is not a line of its own.
  @Test
  void triesAgainAfterAMinuteAndSaysOnceWhatIsWrong() throws Exception {
    Path file = directory.resolve("full/snapshot");
    feed.beginRound(part);
    feed.endRound(part);
    try (var logged = new Logged(SnapshotKeeper.class)) {
      var keeper = new SnapshotKeeper(file, () -> "all", List.of(feed), timing, status);
      for (int second = 0; second < 90; second++) {
        put(Samples.service("a", "10.96.0." + second / 30));
        seconds(keeper, 1);
      }
      assertThat(status.failures()).as("one at 5 s, one a minute later").isEqualTo(2);
      Files.createDirectory(file.getParent());
      seconds(keeper, 50);
      assertThat(Snapshots.read(file, "all")).containsExactly(Samples.service("a", "10.96.0.2"));
      assertThat(status.failures()).isEqualTo(2);
      assertThat(logged.lines())
          .containsExactly(
              "WARNING %s: snapshot not written: java.nio.file.NoSuchFileException: %s.new"
                  .formatted(file, file),
              "INFO " + file + ": the snapshot is written again");
    }
  }

  /// A file system that has been closed stands for what no one has thought of.
  @Test
  void goesOnAfterAnExceptionThatIsNoneOfInputAndOutput() throws Exception {
    Path file;
    var archive = directory.resolve("archive.zip");
    try (var closed = FileSystems.newFileSystem(archive, Map.of("create", true))) {
      file = closed.getPath("snapshot");
    }
    feed.beginRound(part);
    feed.endRound(part);
    var keeper = new SnapshotKeeper(file, () -> "all", List.of(feed), timing, status);
    seconds(keeper, 70);
    assertThat(status.failures()).isEqualTo(2);
  }

  @Test
  void writesNowAndThenWhereItIsNeverQuiet() throws Exception {
    Path file = directory.resolve("snapshot");
    var keeper = new SnapshotKeeper(file, () -> "all", List.of(feed), timing, status);
    feed.beginRound(part);
    feed.endRound(part);
    int second = 0;
    for (; !Files.exists(file) && second < 1000; second++) {
      put(Samples.service("a", "10.96." + second / 250 + "." + second % 250));
      seconds(keeper, 1);
    }
    assertThat(second).isBetween(299, 301);
  }

  /// Who reads it can answer what is asked for most while the rest is still read; and no Service
  /// comes before its namespace.
  @Test
  void writesOneKindAfterAnotherAndSlicesOfHeadlessServicesBeforeOthers() throws Exception {
    Path file = directory.resolve("snapshot");
    var elsewhere =
        new ClusterObject.Service(
            new ObjectKey("alpha", "web"),
            ClusterObject.Service.Type.HEADLESS,
            List.of(),
            List.of(),
            "");
    List<KindFeed> feeds =
        List.of(
            synced(
                Kind.SERVICE,
                Samples.headless("web"),
                Samples.service("db", "10.96.0.1"),
                elsewhere,
                Samples.headless("mail")),
            synced(
                Kind.ENDPOINT_SLICE,
                Samples.slice("db", "zz-1", "10.0.0.1"),
                Samples.imported("mail", "east", "b", "10.9.0.1"),
                Samples.slice("web", "a-2", "10.0.0.3"),
                Samples.slice("db", "aa-2", "10.0.0.2")),
            synced(Kind.NAMESPACE, Samples.namespace("shop"), Samples.namespace("alpha")),
            synced(Kind.SERVICE_IMPORT, Samples.serviceImport("mail", true)));
    seconds(new SnapshotKeeper(file, () -> "all", feeds, timing, status), 7);

    assertThat(Snapshots.read(file, "all").stream().map(SnapshotKeeperTest::place))
        .containsExactly(
            "Namespace alpha",
            "Namespace shop",
            "Service web",
            "Service db",
            "Service mail",
            "Service web",
            "ServiceImport mail",
            "slice of mail",
            "slice of web",
            "slice of db",
            "slice of db");
  }

  /// What decides where an object stands.
  private static String place(ClusterObject object) {
    return switch (object) {
      case ClusterObject.Namespace namespace -> "Namespace " + namespace.key().name();
      case ClusterObject.EndpointSlice slice ->
          "slice of " + slice.service() + slice.importedService();
      default -> object.getClass().getSimpleName() + " " + object.key().name();
    };
  }
}
