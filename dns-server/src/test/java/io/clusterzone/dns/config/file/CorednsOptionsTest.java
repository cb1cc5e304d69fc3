package io.clusterzone.dns.config.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.read.DirectiveSpec;
import io.clusterzone.dns.config.read.DirectiveTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every option of CoreDNS is taken, or refused with what to do instead. The list is
/// `coredns-options.txt`; an option is added there when CoreDNS gets it, and when this server does.
final class CorednsOptionsTest {
  private static final String LINE = "-";
  private static final String ERROR = "error: ";

  /// One line of the list.
  record Row(String directive, String option, String example, String verdict) {
    static Row of(String line) {
      String[] parts = line.split("\\|", -1);
      return new Row(
          parts[0].strip(),
          parts[1].strip(),
          parts[2].strip().replace(';', '\n'),
          parts[3].strip());
    }

    boolean isRefused() {
      return verdict.startsWith(ERROR);
    }
  }

  static List<Row> rows() {
    try (var in = CorednsOptionsTest.class.getResourceAsStream("coredns-options.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(Row::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isTakenOrRefusedWithAdvice(Row row) {
    String problems = Corefiles.problems(". {\n" + row.example() + "\n}\n", Corefiles.NAMED);
    if (row.isRefused()) {
      assertThat(problems).contains(row.verdict().substring(ERROR.length()));
    } else {
      assertThat(row.verdict()).isIn("taken", "ours");
      assertThat(problems).isEmpty();
    }
  }

  @Test
  void theListHasEveryDirectiveAndOptionThatIsServed() {
    Set<String> served = new TreeSet<>();
    for (DirectiveSpec spec : DirectiveTable.SPECS) {
      spec.manual().options().forEach(option -> served.add(spec.name() + " " + option.name()));
    }
    Set<String> listed =
        rows().stream()
            .filter(row -> !row.isRefused() && !row.option().equals(LINE))
            .map(row -> row.directive() + " " + row.option())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(listed).containsExactlyInAnyOrderElementsOf(served);
    assertThat(rows().stream().map(Row::directive).distinct().toList())
        .isEqualTo(CorefileParser.directives());
  }
}
