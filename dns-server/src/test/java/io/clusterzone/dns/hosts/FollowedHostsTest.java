package io.clusterzone.dns.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.clusterzone.k8s.file.OddFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A hosts file that changes, breaks and comes back while it is served.
final class FollowedHostsTest {
  @TempDir Path directory;

  private Path file = Path.of("");
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void nameFile() {
    file = directory.resolve("hosts");
  }

  private FollowedHosts followed() {
    return new FollowedHosts(
        Directives.of(file, Duration.ZERO, Directives.entry("192.0.2.200", "own")),
        warning -> warnings.add(warning.replace(directory + "/", "")));
  }

  private static boolean has(FollowedHosts hosts, String name) {
    return !Directives.records(hosts.current(), name).equals("-");
  }

  @Test
  void servesItsOwnLinesBesidesThoseOfTheFile() throws IOException {
    Files.writeString(file, "192.0.2.1 a own\n");
    FollowedHosts hosts = followed();
    assertThat(has(hosts, "own")).isTrue();
    hosts.refresh();
    assertThat(Directives.records(hosts.current(), "own"))
        .isEqualTo("A[address=-1073741311] A[address=-1073741112]");
    assertThat(has(hosts, "a")).isTrue();
  }

  @Test
  void replacesAllNamesWhenTheContentChanges() throws IOException {
    Files.writeString(file, "192.0.2.1 a\n192.0.2.2 b\n");
    FollowedHosts hosts = followed();
    hosts.refresh();
    Files.writeString(file, "192.0.2.2 b\n192.0.2.3 c\n");
    hosts.refresh();
    assertThat(has(hosts, "a")).isFalse();
    assertThat(has(hosts, "b")).isTrue();
    assertThat(has(hosts, "c")).isTrue();
    assertThat(warnings).isEmpty();
  }

  /// Same size, same time: what decides is the content.
  @Test
  void seesAChangeThatTimeAndSizeDoNotShow() throws IOException {
    Files.writeString(file, "192.0.2.1 a\n");
    FileTime time = Files.getLastModifiedTime(file);
    FollowedHosts hosts = followed();
    hosts.refresh();
    Files.writeString(file, "192.0.2.1 b\n");
    Files.setLastModifiedTime(file, time);
    hosts.refresh();
    assertThat(has(hosts, "b")).isTrue();
  }

  @Test
  void doesNotMakeTheTableAnewFromTheSameContent() throws IOException {
    Files.writeString(file, "192.0.2.1 a\nbroken\n");
    FollowedHosts hosts = followed();
    hosts.refresh();
    HostTable first = hosts.current();
    Files.writeString(file, "192.0.2.1 a\nbroken\n");
    hosts.refresh();
    assertThat(hosts.current()).isSameAs(first);
    assertThat(warnings).containsExactly("hosts: hosts:2: \"broken\" is not an IP address");
  }

  @Test
  void keepsWhatItServesWhileTheFileIsGoneAndTellsOnce() throws IOException {
    Files.writeString(file, "192.0.2.1 a\n");
    FollowedHosts hosts = followed();
    hosts.refresh();
    Files.delete(file);
    hosts.refresh();
    hosts.refresh();
    assertThat(has(hosts, "a")).isTrue();
    String gone = "hosts: hosts is not there; what is served stays as it was";
    assertThat(warnings).containsExactly(gone);

    Files.writeString(file, "192.0.2.2 b\n");
    hosts.refresh();
    assertThat(has(hosts, "a")).isFalse();
    assertThat(has(hosts, "b")).isTrue();
    Files.delete(file);
    hosts.refresh();
    assertThat(warnings).containsExactly(gone, gone);
  }

  @Test
  void startsWithoutAFile() {
    FollowedHosts hosts = followed();
    hosts.refresh();
    assertThat(has(hosts, "own")).isTrue();
    assertThat(warnings).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void keepsWhatItServesWhenSomethingElseTakesTheFilesPlace(OddFile odd) throws Exception {
    Files.writeString(file, "192.0.2.1 a\n");
    FollowedHosts hosts = followed();
    hosts.refresh();
    Files.delete(file);
    odd.put(file);
    hosts.refresh();
    assertThat(has(hosts, "a")).isTrue();
    assertThat(warnings)
        .singleElement(STRING)
        .contains(odd.reason())
        .endsWith("; what is served stays as it was");
  }

  @Test
  void tellsOfTheFirstBadLinesAndCountsTheRest() throws IOException {
    Files.writeString(file, "192.0.2.1 a\n" + "bad\n".repeat(5_000));
    FollowedHosts hosts = followed();
    hosts.refresh();
    assertThat(has(hosts, "a")).isTrue();
    assertThat(warnings).hasSize(21).endsWith("hosts: hosts: 4980 more lines like these");
  }

  /// A hundred thousand lines of two names: measured 0.6 to 1.2 s on a busy machine, and 121 octets
  /// for each of the 300,000 names.
  @Test
  void loadsALargeFile() throws IOException {
    int lines = 100_000;
    var text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append(
          "10.%d.%d.%d host-%d.example.com host-%d\n"
              .formatted(i >> 16, i >> 8 & 0xff, i & 0xff, i, i));
    }
    Files.writeString(file, text);
    FollowedHosts hosts = followed();
    long before = usedHeap();
    long start = System.nanoTime();
    hosts.refresh();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(usedHeap() - before).isLessThan(60_000_000);
    assertThat(has(hosts, "host-99999.example.com")).isTrue();
    assertThat(Directives.records(hosts.current(), "159.134.1.10.in-addr.arpa"))
        .isEqualTo("Ptr[target=host-99999.example.com.] Ptr[target=host-99999.]");
    assertThat(hosts.current().records()).isEqualTo(4 * lines + 2);
    assertThat(took).isLessThan(Duration.ofSeconds(20));
  }

  private static long usedHeap() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
