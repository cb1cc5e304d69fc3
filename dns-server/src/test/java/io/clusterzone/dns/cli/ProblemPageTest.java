package io.clusterzone.dns.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.explain.FindingKind;
import io.clusterzone.k8s.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Keeps CODES.md equal to the code. With `-Dcodes.page=write` it is written anew.
final class ProblemPageTest {
  private static final Path PAGE = Path.of("CODES.md");

  private static final String HEAD =
      """
      # Codes of problems

      What `clusterzone check` and the log say of Corefiles and manifests has a code that stays the
      same; a test keeps this page equal to the code. An **error** is something that was to be served
      and is not, or not as it stands: `check` ends with 1. A **warning** is served as it stands, and
      probably not as it was meant: `check --strict` ends with 1. A **note** asks for nothing. What
      `clusterzone explain` finds out about a name is a **finding**, from CZ0301 on.
      """;

  @Test
  void pageIsWhatTheCodeSays() throws IOException {
    if ("write".equals(System.getProperty("codes.page"))) {
      Files.writeString(PAGE, page());
    }
    assertThat(Files.readString(PAGE)).as("-Dcodes.page=write writes it anew").isEqualTo(page());
  }

  @Test
  void codesAreUniqueAndInOrderOfTheirKinds() {
    assertThat(codes())
        .doesNotHaveDuplicates()
        .isSorted()
        .allMatch(code -> code.matches("CZ0[123][0-4][0-9]"));
  }

  private static List<String> codes() {
    return Stream.concat(
            Arrays.stream(ProblemKind.values()).map(ProblemKind::code),
            Arrays.stream(FindingKind.values()).map(FindingKind::code))
        .toList();
  }

  private static String page() {
    return HEAD
        + Stream.concat(
                Arrays.stream(ProblemKind.values()).map(ProblemPageTest::section),
                Arrays.stream(FindingKind.values()).map(ProblemPageTest::section))
            .collect(Collectors.joining());
  }

  private static String section(ProblemKind kind) {
    return section(kind.code(), kind.sentence(), kind.level().toString(), kind.advice());
  }

  private static String section(FindingKind kind) {
    return section(kind.code(), kind.sentence(), "finding", kind.advice());
  }

  private static String section(String code, String sentence, String level, String advice) {
    return "\n## %s\n\n**%s** (%s) %s\n".formatted(code, sentence, level, advice);
  }
}
