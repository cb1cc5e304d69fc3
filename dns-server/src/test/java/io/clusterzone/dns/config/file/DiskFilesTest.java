package io.clusterzone.dns.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.text.DiskFiles;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskFilesTest {
  @TempDir private Path directory;

  /// What the mount of a ConfigMap looks like: names that lead through `..data` into a directory.
  @BeforeEach
  void mount() throws IOException {
    Path generation = Files.createDirectory(directory.resolve("..2026_11_23"));
    write(generation.resolve("b.override"), "any\n");
    write(generation.resolve("a.override"), "debug\n");
    write(generation.resolve("x.server"), "example.net {\n any\n}\n");
    Files.createSymbolicLink(directory.resolve("..data"), generation.getFileName());
    for (String name : List.of("b.override", "a.override", "x.server")) {
      Files.createSymbolicLink(directory.resolve(name), Path.of("..data", name));
    }
    Files.createDirectories(directory.resolve("sub/one"));
    Files.createDirectories(directory.resolve("sub/two"));
    write(directory.resolve("sub/one/part"), "");
    write(directory.resolve("sub/two/part"), "");
    write(directory.resolve("sub/{braces}[1]"), "");
  }

  @Test
  void findsFilesOfAPatternInOrder() throws IOException {
    assertThat(found("*.override")).containsExactly("a.override", "b.override");
    assertThat(found("*")).containsExactly("a.override", "b.override", "x.server");
    assertThat(found("?.server")).containsExactly("x.server");
    assertThat(found("sub/*/part")).containsExactly("sub/one/part", "sub/two/part");
    assertThat(found("sub/{braces}*")).containsExactly("sub/{braces}[1]");
    assertThat(found("none/*")).isEmpty();
  }

  @Test
  void importsWhatAConfigMapHolds() throws IOException {
    Path file = directory.resolve("Corefile");
    write(file, "example.org {\n import *.override\n}\nimport *.server\n");
    assertThat(CorefileParser.read(file, Corefiles.OPTIONS).result())
        .isEqualTo(Corefiles.parse("example.org {\n debug\n any\n}\nexample.net {\n any\n}\n"));
  }

  @Test
  void reportsFilesThatCannotBeRead() throws IOException {
    Path file = directory.resolve("Corefile");
    write(directory.resolve("long"), "#".repeat((1 << 20) + 1));
    write(file, "import sub\nimport none\nimport long\nimport *.o*\nimport nul\0\n");
    assertThat(problems(file))
        .containsExactly(
            "1:8: import: cannot read \"sub\": it is a directory; only regular files are read",
            "2:8: import: there is no file and, up to here, no snippet \"none\"",
            "3:8: import: cannot read \"long\": it has 1,048,577 octets, and at most 1,048,576 are"
                + " read",
            "4:8: import: cannot read \"*.o*\": a pattern may have one \"*\" and one \"?\"",
            "5:8: import: cannot read \"nul\\u0000\": Nul character not allowed");
  }

  @Test
  void reportsCorefileThatIsNotThere() {
    Path file = directory.resolve("none");
    assertThat(CorefileParser.read(file, Corefiles.OPTIONS).result())
        .isEqualTo(
            new Corefile.Invalid(
                List.of(
                    new Problem(
                        ProblemKind.COREFILE_UNREADABLE,
                        file.toString(),
                        0,
                        0,
                        "there is no such file; name another with -conf"))));
    assertThat(CorefileParser.read(directory, Corefiles.OPTIONS).result())
        .isEqualTo(
            new Corefile.Invalid(
                List.of(
                    new Problem(
                        ProblemKind.COREFILE_UNREADABLE,
                        directory.toString(),
                        0,
                        0,
                        "cannot be read: it is a directory; only regular files are read"))));
  }

  private List<String> problems(Path file) {
    return switch (CorefileParser.read(file, Corefiles.OPTIONS).result()) {
      case Corefile.Valid _ -> List.of();
      case Corefile.Invalid(List<Problem> problems) ->
          problems.stream()
              .map(problem -> problem.toString().substring(file.toString().length() + 1))
              .toList();
    };
  }

  private List<String> found(String pattern) throws IOException {
    return new DiskFiles()
        .find(directory.resolve(pattern)).stream()
            .map(file -> directory.relativize(file).toString())
            .toList();
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }
}
