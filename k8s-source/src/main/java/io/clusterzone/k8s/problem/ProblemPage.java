package io.clusterzone.k8s.problem;

import java.util.stream.Collectors;

/// The page that explains every code, made from [ProblemKind].
public final class ProblemPage {
  private static final String HEAD =
      """
      # Codes of problems

      What `clusterzone check` and the log say of Corefiles and manifests has a code that stays the
      same; a test keeps this page equal to the code. An **error** is something that was to be served
      and is not, or not as it stands: `check` ends with 1. A **warning** is served as it stands, and
      probably not as it was meant: `check --strict` ends with 1. A **note** asks for nothing.
      """;

  private ProblemPage() {}

  /// The whole page, in Markdown.
  public static String text() {
    return HEAD
        + ProblemKind.inOrder().stream().map(ProblemPage::section).collect(Collectors.joining());
  }

  private static String section(ProblemKind kind) {
    return "\n## %s\n\n**%s** (%s) %s\n"
        .formatted(kind.code(), kind.sentence(), kind.level(), kind.advice());
  }
}
