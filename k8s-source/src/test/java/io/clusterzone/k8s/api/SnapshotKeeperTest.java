package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.api.decode.ApiEvent;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When the snapshot is written, on a clock of its own.
final class SnapshotKeeperTest {
  @TempDir private Path directory = Path.of("");
  private final FakeTiming timing = new FakeTiming();
  private final KindFeed feed =
      new KindFeed(
          Kind.SERVICE,
          _ -> {},
          new KindStatus(Kind.SERVICE),
          new EmptyingGuard(timing, 0),
          timing,
          ApiObserver.NONE);
  private final KindFeed.Part part = feed.newPart();

  private void put(ClusterObject object) throws InterruptedException {
    feed.put(part, new ApiEvent.Present(new ApiEvent.Version(object.key(), "u", "1"), object, ""));
    feed.flush();
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
    var keeper = new SnapshotKeeper(file, "all", List.of(feed), timing);
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

    Files.delete(file);
    seconds(keeper, 600);
    assertThat(file).as("nothing has changed").doesNotExist();
  }

  @Test
  void writesNowAndThenWhereItIsNeverQuiet() throws Exception {
    Path file = directory.resolve("snapshot");
    var keeper = new SnapshotKeeper(file, "all", List.of(feed), timing);
    feed.beginRound(part);
    feed.endRound(part);
    int second = 0;
    for (; !Files.exists(file) && second < 1000; second++) {
      put(Samples.service("a", "10.96." + second / 250 + "." + second % 250));
      seconds(keeper, 1);
    }
    assertThat(second).isBetween(299, 301);
  }
}
