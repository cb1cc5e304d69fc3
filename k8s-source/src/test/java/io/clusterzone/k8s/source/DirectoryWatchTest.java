package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryWatchTest {
  @TempDir Path directory;

  /// As where `fs.inotify.max_user_instances` is reached.
  @Test
  void tellsOfNothingWhereTheSystemHasNoWatchLeft() throws Exception {
    try (var watch =
        new DirectoryWatch(() -> {
          throw new IOException("User limit of inotify instances reached or too many open files");
        })) {
      watch.directory(directory);
      watch.link(directory.resolve("link"));
      assertThat(watch.await(Duration.ofMillis(1))).isEmpty();
    }
  }
}
