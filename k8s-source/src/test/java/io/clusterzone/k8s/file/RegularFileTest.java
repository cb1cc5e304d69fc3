package io.clusterzone.k8s.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
final class RegularFileTest {
  @TempDir private Path directory = Path.of("");

  @ParameterizedTest
  @EnumSource
  void refusesByName(OddFile odd) throws Exception {
    Path file = directory.resolve("odd");
    odd.put(file);
    IOException refused =
        catchThrowableOfType(
            IOException.class, () -> RegularFile.octets(file, Limit.CONFIGURATION_OCTETS));
    assertThat(RegularFile.reason(refused)).contains(odd.reason());
    assertThat(refused.getMessage()).startsWith(file.toString());
  }

  @Test
  void namesSizeAndLimit() throws Exception {
    Path file = directory.resolve("large");
    OddFile.LARGE.put(file);
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> RegularFile.text(file, Limit.CONFIGURATION_OCTETS))
        .withMessage(file + ": it has 1,073,741,824 octets, and at most 1,048,576 are read");
  }

  @Test
  void tellsThatThereIsNone() {
    Path none = directory.resolve("none");
    NoSuchFileException thrown =
        catchThrowableOfType(
            NoSuchFileException.class, () -> RegularFile.text(none, Limit.CONFIGURATION_OCTETS));
    assertThat(RegularFile.reason(thrown)).isEqualTo("there is no such file");
  }

  /// Sizes about those of the parts in which a file is fetched.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, 4097, 65_535, 65_536, 65_537, 200_000})
  void readsAllOctets(int size) throws IOException {
    Path file = directory.resolve("file");
    byte[] octets = new byte[size];
    for (int i = 0; i < size; i++) {
      octets[i] = (byte) ((i * 31) >> 3);
    }
    Files.write(file, octets);
    assertThat(RegularFile.octets(file, Limit.CONFIGURATION_OCTETS)).isEqualTo(octets);
    try (InputStream in = RegularFile.open(file, Limit.CONFIGURATION_OCTETS)) {
      for (byte octet : octets) {
        assertThat((byte) in.read()).isEqualTo(octet);
      }
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void stopsAtTheLimitInAFileThatGrows() throws IOException {
    Path file = directory.resolve("file");
    Files.write(file, new byte[70_000]);
    try (InputStream in = RegularFile.open(file, 70_000, TimedCalls.SHARED)) {
      Files.write(file, new byte[1], StandardOpenOption.APPEND);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(in::readAllBytes)
          .withMessage(file + ": it grows, and at most 70,000 octets are read");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CONFIGURATION_OCTETS, 16, 1048576",
    "HOSTS_OCTETS, 16, 4194304",
    "HOSTS_OCTETS, 160, 10485760",
    "HOSTS_OCTETS, 4096, 67108864"
  })
  void limitsFollowTheHeap(Limit limit, long heapMebioctets, long octets) {
    assertThat(limit.in(heapMebioctets << 20)).isEqualTo(octets);
  }
}
