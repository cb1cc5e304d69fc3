package io.clusterzone.dns.config.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.k8s.file.OddFile;
import io.clusterzone.k8s.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Everything that may stand in the place of each file that a Corefile names.
final class OddNamedFilesTest {
  @TempDir private Path directory;

  static List<Arguments> filesAndLines() {
    List<Arguments> all = new ArrayList<>();
    for (OddFile odd : OddFile.values()) {
      for (String line :
          List.of(
              "import ODD",
              "forward . ODD",
              "forward . tls://192.0.2.1 {\n tls ODD\n}",
              "kubernetes cluster.local {\n kubeconfig ODD\n}")) {
        all.add(Arguments.of(odd, line));
      }
      all.add(Arguments.of(odd, ""));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("filesAndLines")
  void isRefusedByName(OddFile odd, String line) throws Exception {
    Path file = directory.resolve("odd");
    Path corefile = line.isEmpty() ? file : directory.resolve("Corefile");
    odd.put(file);
    if (!line.isEmpty()) {
      Files.writeString(corefile, ".:53 {\n" + line.replace("ODD", file.toString()) + "\n}\n");
    }
    assertThat(problems(corefile)).singleElement(STRING).contains(odd.reason(), file.toString());
  }

  private static List<String> problems(Path corefile) {
    return switch (CorefileParser.read(corefile, Corefiles.OPTIONS).result()) {
      case Corefile.Valid _ -> List.of();
      case Corefile.Invalid(List<Problem> problems) ->
          problems.stream().map(Problem::toString).toList();
    };
  }
}
