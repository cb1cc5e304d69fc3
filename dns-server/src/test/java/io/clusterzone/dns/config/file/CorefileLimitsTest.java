package io.clusterzone.dns.config.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.config.text.Problems;
import io.clusterzone.dns.config.text.Token;
import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.problem.ProblemKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Corefiles of a few lines that mean very much text.
final class CorefileLimitsTest {
  private static final String BIG = "x".repeat(128 << 10);

  @ParameterizedTest
  @ValueSource(
      strings = {
        ". {\n chaos WORDS\n}\n",
        "(big) {\n chaos {$BIG} {$BIG} {$BIG} {$BIG}\n}\n. {\n IMPORTS\n}\n"
      })
  void isRefusedBeforeItTakesTheMemory(String text) {
    String corefile =
        text.replace("WORDS", "{$BIG} ".repeat(100_000))
            .replace("IMPORTS", "import big\n".repeat(999));
    var options =
        new ParseOptions(
            ParseOptions.DEFAULT_PORT, Map.of("BIG", BIG), Corefiles::interfaceAddresses);
    CorefileReading reading =
        CorefileParser.read(
            "Corefile",
            corefile,
            options,
            new Corefiles.MapFiles(Map.of()),
            new Corefile(List.of()));

    long most = Limit.COREFILE_CHARACTERS.value();
    assertThat(reading.result()).isInstanceOf(Corefile.Invalid.class);
    assertThat(reading.result().toString())
        .contains("with imports and variables it has more than %,d characters".formatted(most));
    assertThat((long) reading.text().text().length()).isLessThan(2 * most);
  }

  /// So many event loops leave room for a few listeners, whatever the heap.
  private static final String LOOPS = "multisocket 1024\n";

  private static String blocks(IntStream ports) {
    return ports
        .mapToObj(port -> "z%d.example:%d {\n%s}\n".formatted(port, port, LOOPS))
        .collect(Collectors.joining());
  }

  @Test
  void moreListenersThanFitAreRefusedAtTheFirstThatIsTooMuch() {
    Corefile.Result result = Corefiles.parse(blocks(IntStream.range(1, 3_000)));
    assertThat(result).isInstanceOf(Corefile.Invalid.class);
    assertThat(((Corefile.Invalid) result).problems())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.kind()).isEqualTo(ProblemKind.TOO_MANY_LISTENERS);
          int most = (problem.line() - 1) / 3;
          assertThat(problem.message())
              .startsWith("server block \"z%d.example:%d\": ".formatted(most + 1, most + 1))
              .contains("has 2,999 listeners, and at most %,d fit".formatted(most))
              .contains("with 1,024 event loops");
        });
  }

  @Test
  void manyBlocksOnOnePortAreOneListener() {
    String text =
        IntStream.range(1, 3_000)
            .mapToObj("z%d.example {\n multisocket 2\n}\n"::formatted)
            .collect(Collectors.joining());
    assertThat(Corefiles.parse(text)).isInstanceOf(Corefile.Valid.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'forward . 127.0.0.1', 3500",
    "'forward . 127.0.0.1 127.0.0.2', 4500",
    "'loop\nforward . 127.0.0.1', 11692"
  })
  void moreForwardsThanFitAreRefusedAtTheFirstThatIsTooMuch(String lines, int octets) {
    ServerBlock block = Corefiles.valid(". {\n" + lines + "\n}\n").blocks().getFirst();
    Problems problems = new Problems("Corefile");
    ForwardCount count = new ForwardCount(problems, 10L * octets);
    for (int i = 1; i <= 10; i++) {
      count.add(at(i), block);
    }
    count.check();
    assertThat(problems.sorted()).isEmpty();
    count.add(at(11), block);
    count.add(at(12), block);
    count.check();
    assertThat(problems.sorted())
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.kind()).isEqualTo(ProblemKind.TOO_MANY_FORWARDS);
          assertThat(problem.line()).isEqualTo(11);
          assertThat(problem.message())
              .startsWith("server block \"z11.example\": ")
              .contains("has 12 server blocks with forward, and 10 fit");
        });
  }

  private static Token at(int line) {
    return new Token("z%d.example".formatted(line), "Corefile", line, 1, true, false);
  }
}
