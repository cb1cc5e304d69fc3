package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.k8s.problem.ProblemPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Keeps CODES.md equal to the code. With `-Dcodes.page=write` it is written anew.
final class ProblemPageTest {
  private static final Path PAGE = Path.of("CODES.md");

  @Test
  void pageIsWhatTheCodeSays() throws IOException {
    if ("write".equals(System.getProperty("codes.page"))) {
      Files.writeString(PAGE, ProblemPage.text());
    }
    assertThat(Files.readString(PAGE))
        .as("-Dcodes.page=write writes it anew")
        .isEqualTo(ProblemPage.text());
  }

  @Test
  void codesAreUniqueAndInOrderOfTheirKinds() {
    assertThat(Arrays.stream(ProblemKind.values()).map(ProblemKind::code))
        .doesNotHaveDuplicates()
        .isSorted()
        .allMatch(code -> code.matches("CZ0[12][0-4][0-9]"));
  }
}
