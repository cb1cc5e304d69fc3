package io.clusterzone.dns.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.text.Imports;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ImportsTest {
  @Test
  void putsFilesInThePlaceOfImports() {
    Map<String, String> files =
        Map.of(
            "custom/a.override", "any\n",
            "custom/b.override", "import ../more/c\n",
            "custom/../more/c", "debug",
            "classes", "class denial\nclass error\n",
            "custom/x.server", "example.net {\nwhoami\n}\n",
            "custom/y.server", "example.com {\nwhoami\n}\n");
    String text =
        """
        example.org {
            import custom/*.override
            log {
                import classes
            }
            minimal
        }
        import custom/*.server
        """;
    assertThat(Corefiles.valid(text, files))
        .isEqualTo(
            Corefiles.valid(
                """
                example.org {
                    any
                    debug
                    log {
                        class denial error
                    }
                    minimal
                }
                example.net {
                    whoami
                }
                example.com {
                    whoami
                }
                """));
  }

  @Test
  void putsSnippetsInThePlaceOfImports() {
    String text =
        """
        (common) {
            errors {
                consolidate 5m timeout
            }
            import more
        }
        (more) { any
        }
        example.org {
            import common
            debug
        }
        example.net { import common }
        """;
    String block = "{\n errors {\n consolidate 5m timeout\n }\n any\n";
    assertThat(Corefiles.valid(text))
        .isEqualTo(
            Corefiles.valid("example.org " + block + "debug\n}\nexample.net " + block + "}"));
  }

  @Test
  void findsSnippetsOfImportedFiles() {
    assertThat(
            Corefiles.valid(
                "import snippets\n. {\n import name\n}", Map.of("snippets", "(name) {\n any\n}\n")))
        .isEqualTo(Corefiles.valid(". {\n any\n}"));
  }

  @Test
  void patternWithoutMatchIsNoError() {
    assertThat(Corefiles.problems(". {\n import custom/*.override\n any\n}\nimport none/*"))
        .isEmpty();
  }

  @Test
  void variableMayNameTheFile() {
    assertThat(Corefiles.problems("import {$ZONE}", Map.of("example.org", ". {\n any\n}\n")))
        .isEmpty();
  }

  @Test
  void wordsInQuotesAreNoImport() {
    assertThat(Corefiles.problems(". {\n \"import\" x\n}"))
        .isEqualTo("Corefile:2:2: unknown directive \"import\"");
  }

  @Test
  void namesTheFileOfAProblem() {
    assertThat(Corefiles.problems(". {\n import part\n}", Map.of("part", "any\n lgo\n")))
        .isEqualTo("part:2:2: unknown directive \"lgo\"; did you mean \"log\"?");
  }

  @Test
  void reportsImportsThatCannotBe() {
    Map<String, String> files =
        Map.of("a", "import b", "b", "import a", "self", "import self", "dir/c", "import c");
    String text =
        """
        import none
        import
        import one two
        import ""
        import a
        import self
        import dir/c
        import a*b*
        import Corefile
        (s) {
            import s
        }
        . {
            import s
        }
        """;
    assertThat(Corefiles.problems(text, files))
        .isEqualTo(
            """
            Corefile:1:8: import: there is no file and, up to here, no snippet "none"
            Corefile:2:1: import: expected one file, pattern or snippet
            Corefile:3:1: import: expected one file, pattern or snippet
            Corefile:4:1: import: expected one file, pattern or snippet
            Corefile:8:8: import: cannot read "a*b*": a pattern may have one "*" and one "?"
            Corefile:9:8: import: there is no file and, up to here, no snippet "Corefile"
            Corefile:11:12: import: "s" imports itself
            b:1:8: import: "a" imports itself
            dir/c:1:8: import: "c" imports itself
            self:1:8: import: "self" imports itself\
            """);
  }

  @Test
  void reportsSnippetsThatCannotBe() {
    assertThat(Corefiles.problems("(a) {\n any\n}\n(a) {\n}\n. {\n any\n}\n(b) {\n any\n"))
        .isEqualTo(
            """
            Corefile:4:1: snippet (a) is defined twice; rename one of the two
            Corefile:9:1: snippet (b): its "{" is never closed\
            """);
  }

  @Test
  void growthIsBounded() {
    var text = new StringBuilder("(s0) {\n" + "any ".repeat(100) + "\n}\n");
    for (int i = 1; i < 40; i++) {
      text.append("(s%d) {\n import s%d\n import s%d\n}\n".formatted(i, i - 1, i - 1));
    }
    String bomb = text.append(". {\n import s39\n}\n").toString();
    assertThat(Duration.ofSeconds(5))
        .isGreaterThan(
            timeOf(() -> assertThat(Corefiles.problems(bomb)).contains("more than 1000 imports")));
  }

  @Test
  void numberOfFilesIsBounded() {
    Map<String, String> files =
        IntStream.range(0, Imports.MAX_IMPORTS + 1)
            .boxed()
            .collect(Collectors.toMap(i -> "f" + i, _ -> "any\n"));
    assertThat(Corefiles.problems(". {\n import f*\n}\n", files))
        .isEqualTo("Corefile:2:9: import: more than 1000 imports");
  }

  private static Duration timeOf(Runnable task) {
    long start = System.nanoTime();
    task.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
