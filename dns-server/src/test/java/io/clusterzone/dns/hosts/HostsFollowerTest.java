package io.clusterzone.dns.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clusterzone.dns.config.Hosts;
import io.clusterzone.dns.ops.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hosts files that change in the ways that files do.
final class HostsFollowerTest {
  /// Longer than any test waits: what is seen was told by the directory.
  private static final Duration NEVER_DUE = Duration.ofHours(24);

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path directory;

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final HostsFollower follower = new HostsFollower(told::add);

  @AfterEach
  void close() {
    follower.close();
  }

  private static void awaitName(FollowedHosts hosts, String name) {
    await().atMost(LIMIT).until(() -> !Directives.records(hosts.current(), name).equals("-"));
  }

  /// Writes a file anew, again and again until it was seen: the first time may be too early.
  private static void writeUntilSeen(Path file, FollowedHosts hosts, String name) {
    await()
        .atMost(LIMIT)
        .until(() -> {
          Files.writeString(file, "192.0.2.1 " + name + "\n");
          return !Directives.records(hosts.current(), name).equals("-");
        });
  }

  @Test
  void readsTheFileAgainInItsInterval() throws IOException {
    Path file = Files.writeString(directory.resolve("hosts"), "192.0.2.1 a\n");
    var directive = Directives.of(file, Duration.ofMillis(20));
    FollowedHosts hosts = follower.follow(directive);
    assertThat(follower.follow(directive)).isSameAs(hosts);
    assertThat(text()).contains("\ncoredns_hosts_entries 2\n");
    Files.delete(file);
    await().until(() -> !told.isEmpty());
    Files.writeString(file, "192.0.2.1 a b\n");
    await().until(() -> text().contains("\ncoredns_hosts_entries 4\n"));
    awaitName(hosts, "b");
  }

  @Test
  void seesAFileThatIsWrittenRenamedIntoPlaceOrMadeLater() throws IOException {
    Path file = directory.resolve("hosts");
    FollowedHosts hosts = follower.follow(Directives.of(file, NEVER_DUE));
    writeUntilSeen(file, hosts, "written");
    Path other = Files.writeString(directory.resolve("other"), "192.0.2.1 renamed\n");
    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
    awaitName(hosts, "renamed");
    Files.delete(file);
    Files.writeString(file, "192.0.2.1 again\n");
    awaitName(hosts, "again");
  }

  /// A mounted ConfigMap: `NodeHosts -> ..data/NodeHosts`, `..data -> ..1`, which is replaced.
  @Test
  void seesAConfigMapThatIsSwapped() throws IOException {
    Path file = directory.resolve("NodeHosts");
    Files.createSymbolicLink(file, Path.of("..data", "NodeHosts"));
    swap(1);
    FollowedHosts hosts = follower.follow(Directives.of(file, NEVER_DUE));
    awaitName(hosts, "version-1");
    for (int version = 2; version < 5; version++) {
      // The first may come before the directory is watched.
      writeUntilSeen(directory.resolve("..data").resolve("NodeHosts"), hosts, "ready-" + version);
      swap(version);
      awaitName(hosts, "version-" + version);
    }
  }

  private void swap(int version) throws IOException {
    Path data = Files.createDirectory(directory.resolve(".." + version));
    Files.writeString(data.resolve("NodeHosts"), "192.0.2.1 version-" + version + "\n");
    Path link = Files.createSymbolicLink(directory.resolve("..tmp"), data.getFileName());
    Files.move(link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    Path before = directory.resolve(".." + (version - 1));
    if (Files.exists(before)) {
      Files.delete(before.resolve("NodeHosts"));
      Files.delete(before);
    }
  }

  @Test
  void seesTheFileThatALinkLeadsTo() throws IOException {
    Path target = Files.createDirectory(directory.resolve("elsewhere")).resolve("list");
    Files.writeString(target, "192.0.2.1 a\n");
    Path link = Files.createDirectory(directory.resolve("here")).resolve("hosts");
    Files.createSymbolicLink(link, target);
    FollowedHosts hosts = follower.follow(Directives.of(link, NEVER_DUE));
    writeUntilSeen(target, hosts, "b");
  }

  @Test
  void seesAFileWhoseDirectoryIsMadeLater() throws IOException {
    Path file = directory.resolve("later").resolve("hosts");
    FollowedHosts hosts = follower.follow(Directives.of(file, NEVER_DUE));
    Files.createDirectory(directory.resolve("later"));
    writeUntilSeen(file, hosts, "late");
  }

  /// Nothing else tells that it was not looked at than another directive that was, later.
  @Test
  void neverReadsAgainWithAnIntervalOfZero() throws IOException {
    Path file = Files.writeString(directory.resolve("hosts"), "192.0.2.1 a\n");
    Hosts fixed = Directives.of(file, Duration.ZERO);
    FollowedHosts once = follower.follow(fixed);
    FollowedHosts other = follower.follow(Directives.of(file, NEVER_DUE));
    writeUntilSeen(file, other, "b");
    assertThat(Directives.records(once.current(), "a")).isNotEqualTo("-");
    assertThat(Directives.records(once.current(), "b")).isEqualTo("-");
  }

  private String text() {
    return new Metrics(List.of(follower)).text();
  }
}
