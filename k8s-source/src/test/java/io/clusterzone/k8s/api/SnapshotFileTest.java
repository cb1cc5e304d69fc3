package io.clusterzone.k8s.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterzone.k8s.api.snapshot.SnapshotFile;
import io.clusterzone.k8s.kept.KeptFile;
import io.clusterzone.k8s.model.ClusterObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SnapshotFileTest {
  private static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_123L);
  private static final List<ClusterObject> OBJECTS =
      List.of(
          Samples.namespace("shop"),
          Samples.service("web", "10.96.0.1", "fd00::1"),
          Samples.headless("db"),
          Samples.external("out", "ex\u00e4mple.org"),
          Samples.slice("db", "db-1", "10.0.0.1", "fd00::2"),
          Samples.imported("web", "east", "web-east", "10.9.0.1"),
          Samples.pod("p", "10.0.0.9"),
          Samples.serviceImport("web", true, "10.1.0.1"));

  @TempDir private Path directory = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("snapshot");
    SnapshotFile.write(file, "all", TIME, OBJECTS);
  }

  @Test
  void readsWhatWasWritten() throws Exception {
    try (var snapshot = SnapshotFile.open(file, "all")) {
      assertThat(snapshot.time()).isEqualTo(TIME);
      assertThat(snapshot.size()).isEqualTo(OBJECTS.size());
      assertThat(snapshot.next(3)).isEqualTo(OBJECTS.subList(0, 3));
      assertThat(snapshot.next(100)).isEqualTo(OBJECTS.subList(3, OBJECTS.size()));
      assertThat(snapshot.next(100)).isEmpty();
    }
  }

  @Test
  void leavesNothingElseInTheDirectory() throws Exception {
    SnapshotFile.write(file, "all", TIME, List.of());
    try (var entries = Files.list(directory)) {
      assertThat(entries).containsExactly(file);
    }
    assertThat(Snapshots.read(file, "all")).isEmpty();
  }

  /// What replaces files knows its own.
  @Test
  void beginsWithItsMark() throws Exception {
    assertThat(Files.readAllBytes(file))
        .startsWith(KeptFile.Form.SNAPSHOT.mark().getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aFailedWriteKeepsTheOldOne() throws Exception {
    Files.createDirectories(directory.resolve("snapshot.new"));
    assertThatThrownBy(() -> SnapshotFile.write(file, "all", TIME, List.of()))
        .isInstanceOf(IOException.class);
    assertThat(Snapshots.read(file, "all")).isEqualTo(OBJECTS);
  }

  /// Two that write into one file make a torn one.
  @Test
  void doesNotWriteWhileAnotherProcessDoes() throws Exception {
    Path beside = directory.resolve("snapshot.new");
    Files.writeString(beside, "CZS1, half of");
    assertThatThrownBy(() -> SnapshotFile.write(file, "all", TIME, List.of()))
        .isInstanceOf(IOException.class);
    assertThat(beside).hasContent("CZS1, half of");
    assertThat(Snapshots.read(file, "all")).isEqualTo(OBJECTS);

    SnapshotFile.removeUnfinished(file);
    SnapshotFile.write(file, "all", TIME, List.of());
    assertThat(Snapshots.read(file, "all")).isEmpty();
  }

  @Test
  void refusesOneTakenWithOtherOptions() {
    assertThatThrownBy(() -> Snapshots.read(file, "some"))
        .isInstanceOf(IOException.class)
        .hasMessage("taken of another server or with other options: all");
  }

  @Test
  void refusesOneThatIsTornAnywhere() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Snapshots.read(file, "all")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void refusesOneWithAnyOctetChanged() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    var random = new Random(1);
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, damaged);
      assertThatThrownBy(() -> Snapshots.read(file, "all"))
          .isInstanceOf(IOException.class)
          .hasMessage("torn or not a snapshot: the checksum differs");
    }
  }

  @Test
  void readsUpToWhatItDoesNotKnow() throws Exception {
    int third = Snapshots.endOf(file, "all", OBJECTS.subList(0, 2));
    Snapshots.change(file, third, 9);
    checkReadsUpTo(2, "an object of kind 9");
  }

  @Test
  void readsAllThatThereIsWhereMoreWereCounted() throws Exception {
    int firstObject = Snapshots.endOf(file, "all", List.of());
    Snapshots.change(file, firstObject - 1, OBJECTS.size() + 10);
    checkReadsUpTo(OBJECTS.size(), "the file ends before the next");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 102})
  void refusesMoreOrFewerObjectsThanCanBe(int objects) throws Exception {
    changeInt(Snapshots.endOf(file, "all", List.of()) - Integer.BYTES, objects);
    assertThatThrownBy(() -> SnapshotFile.open(file, "all"))
        .isInstanceOf(IOException.class)
        .hasMessage("not a snapshot: " + objects + " objects in 505 octets");
  }

  /// After the key and the type of the Service stand its addresses: count(4), family(1), low(8).
  @ParameterizedTest
  @CsvSource({
    "0, -1, a list of -1",
    "0, 2147483647, an IPv4 address of more than 32 bits",
    "5, 1, an IPv4 address of more than 32 bits"
  })
  void readsUpToAListOrAnAddressThatCannotBe(int place, int value, String reason) throws Exception {
    int second = Snapshots.endOf(file, "all", OBJECTS.subList(0, 1));
    int addresses = second + 1 + "..shop..web".length() + 1;
    changeInt(addresses + place, value);
    checkReadsUpTo(1, reason);
  }

  private void changeInt(int offset, int value) throws IOException {
    byte[] octets = Files.readAllBytes(file);
    ByteBuffer.wrap(octets).putInt(offset, value);
    Files.write(file, Snapshots.checked(octets));
  }

  /// Whatever the octets are: objects, or an IOException with a reason.
  @Test
  void survivesRandomOctetsWithTheRightChecksum() throws Exception {
    byte[] whole = Files.readAllBytes(file);
    var random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      byte[] damaged = whole.clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        damage(damaged, random);
      }
      Files.write(file, Snapshots.checked(damaged));
      try (var snapshot = SnapshotFile.open(file, "all")) {
        while (!snapshot.next(3).isEmpty()) {
          assertThat(snapshot.read()).isLessThanOrEqualTo(snapshot.size());
        }
      } catch (IOException e) {
        assertThat(e).as("round %d", i).message().isNotBlank();
      }
    }
  }

  /// One octet, or four that may be a count or a length.
  private static void damage(byte[] octets, Random random) {
    int at = random.nextInt(octets.length - Long.BYTES - Integer.BYTES);
    if (random.nextBoolean()) {
      octets[at] = (byte) random.nextInt();
    } else {
      int[] odd = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0, random.nextInt()};
      ByteBuffer.wrap(octets).putInt(at, odd[random.nextInt(odd.length)]);
    }
  }

  private void checkReadsUpTo(int readable, String reason) throws IOException {
    try (var snapshot = SnapshotFile.open(file, "all")) {
      assertThat(snapshot.next(100)).isEqualTo(OBJECTS.subList(0, readable));
      assertThat(snapshot.read()).isEqualTo(readable);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> snapshot.next(100))
            .isInstanceOf(IOException.class)
            .hasMessage(reason);
      }
    }
  }

  @Test
  void refusesWhatIsNoSnapshot() throws Exception {
    Files.writeString(file, "# a Corefile, named by mistake\n");
    assertThatThrownBy(() -> Snapshots.read(file, "all"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a snapshot");
  }
}
