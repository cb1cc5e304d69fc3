package io.clusterzone.k8s.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterzone.k8s.kept.KeptFile.Form;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class KeptFileTest {
  private static final String NEXT = Form.COREFILE.mark() + "next\n";

  @TempDir Path directory;

  /// The file there already.
  enum Found {
    NOTHING(""),
    EMPTY(""),
    OURS(""),
    A_PART_OF_OURS(""),
    FOREIGN("has not written"),
    DIRECTORY("a directory"),
    FIFO("a device, FIFO or socket"),
    SOCKET("a device, FIFO or socket"),
    LINK_TO_OURS("symbolic link"),
    LINK_TO_NOTHING("symbolic link"),
    LINK_TO_A_DEVICE("symbolic link");

    private final String refusal;

    Found(String refusal) {
      this.refusal = refusal;
    }
  }

  private KeptFile find(Found found) throws Exception {
    Path path = directory.resolve("kept");
    Path other = directory.resolve("other");
    switch (found) {
      case NOTHING -> {}
      case EMPTY -> Files.createFile(path);
      case OURS -> Files.writeString(path, Form.COREFILE.mark() + "before\n");
      case A_PART_OF_OURS -> Files.writeString(path, Form.COREFILE.mark().substring(0, 9));
      case FOREIGN -> Files.writeString(path, "root:x:0:0\n");
      case DIRECTORY -> Files.createDirectory(path);
      case FIFO ->
          assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
      case SOCKET -> {
        try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
          socket.bind(UnixDomainSocketAddress.of(path));
        }
      }
      case LINK_TO_OURS ->
          Files.createSymbolicLink(path, Files.writeString(other, Form.COREFILE.mark()));
      case LINK_TO_NOTHING -> Files.createSymbolicLink(path, other);
      case LINK_TO_A_DEVICE -> Files.createSymbolicLink(path, Path.of("/dev/null"));
    }
    return new KeptFile(path, Form.COREFILE);
  }

  private static void write(FileChannel file, String text) throws IOException {
    file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private Object kind(Path path) throws IOException {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        ? Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS)
        : "none";
  }

  @ParameterizedTest
  @EnumSource(Found.class)
  void replacesWhatIsOursAndNothingElse(Found found) throws Exception {
    KeptFile kept = find(found);
    Object before = kind(kept.path());
    if (found.refusal.isEmpty()) {
      assertThat(kept.refusal()).isEmpty();
      kept.write(file -> write(file, NEXT));
      assertThat(kept.path()).hasContent(NEXT);
    } else {
      assertThat(kept.refusal()).contains(found.refusal);
      assertThatThrownBy(() -> kept.write(file -> write(file, NEXT)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(found.refusal);
      assertThat(kind(kept.path())).isEqualTo(before);
    }
    assertThat(directory.resolve("kept.new")).doesNotExist();
  }

  /// As on a disk that becomes full.
  @Test
  void aFailedWriteKeepsTheOldOneAndLeavesNothing() throws Exception {
    KeptFile kept = find(Found.OURS);
    assertThatThrownBy(() ->
            kept.write(file -> {
              write(file, Form.COREFILE.mark());
              throw new IOException("No space left on device");
            }))
        .hasMessage("No space left on device");
    assertThat(kept.path()).hasContent(Form.COREFILE.mark() + "before\n");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(kept.path());
    }
  }

  @Test
  void writesNothingWhileAnotherDoesAndRemovesWhatThatLeft() throws Exception {
    KeptFile kept = find(Found.OURS);
    Path beside = Files.writeString(directory.resolve("kept.new"), Form.COREFILE.mark());
    assertThatThrownBy(() -> kept.write(file -> write(file, NEXT)))
        .isInstanceOf(FileAlreadyExistsException.class);
    kept.removeUnfinished();
    assertThat(beside).doesNotExist();
    Files.writeString(beside, "somebody else's");
    assertThatThrownBy(kept::removeUnfinished).hasMessageContaining("has not written");
    assertThat(beside).exists();
  }

  @ParameterizedTest
  @CsvSource({
    "PROCESS_ID, 4711, true",
    "PROCESS_ID, 4711a, false",
    "PROCESS_ID, 123456789012345678901, false",
    "SNAPSHOT, CZS1 and more, true",
    "SNAPSHOT, CZ, true",
    "SNAPSHOT, PK, false",
  })
  void knowsItsOwnByTheirBeginning(Form form, String text, boolean ours) throws Exception {
    Path path = Files.writeString(directory.resolve("kept"), text);
    assertThat(new KeptFile(path, form).refusal().isEmpty()).isEqualTo(ours);
  }

  @Test
  void refusesADevice() {
    assertThat(new KeptFile(Path.of("/dev/null"), Form.SNAPSHOT).refusal()).contains("device");
  }
}
