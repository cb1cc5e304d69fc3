package io.clusterzone.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.file.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The page that says which test is against which class of failure.
@NullMarked
final class FailuresPageTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /// Where the table of the limits begins.
  private static final String LIMITS = "## Limits";

  /// The columns of each row, without its class of failure.
  private static List<String[]> rows() throws IOException {
    return Files.readAllLines(Path.of("FAILURES.md")).stream()
        .takeWhile(line -> !line.equals(LIMITS))
        .filter(line -> line.startsWith("| ") && !line.startsWith("| class of failure"))
        .map(line -> line.substring(2).split(" \\|", -1))
        .toList();
  }

  private static List<String> named(String column) {
    return CODE.matcher(column).results().map(FailuresPageTest::name).toList();
  }

  private static String name(MatchResult found) {
    return found.group(1);
  }

  /// The classes in the tests of all modules.
  private static Set<String> classes() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      return files
          .filter(file -> file.toString().contains("/src/test/java/"))
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> file.endsWith(".java"))
          .map(file -> file.substring(0, file.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void everyLimitIsListed() throws IOException {
    assertThat(
            Files.readAllLines(Path.of("FAILURES.md")).stream()
                .dropWhile(line -> !line.equals(LIMITS))
                .filter(line -> line.startsWith("|")))
        .containsExactlyElementsOf(Limit.table());
  }

  @Test
  void everyRowNamesTestsThatExist() throws IOException {
    Set<String> classes = classes();
    assertThat(rows()).hasSizeGreaterThan(20);
    for (String[] columns : rows()) {
      assertThat(columns).as(columns[0]).hasSize(4);
      assertThat(named(columns[1]))
          .as(columns[0])
          .isNotEmpty()
          .allMatch(name -> name.endsWith("Test"))
          .isSubsetOf(classes);
      assertThat(named(columns[2])).as(columns[0]).isSubsetOf(classes);
    }
  }
}
