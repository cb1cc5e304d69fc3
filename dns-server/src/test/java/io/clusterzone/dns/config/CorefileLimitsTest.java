package io.clusterzone.dns.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.k8s.file.Limit;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
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
        CorefileParser.read("Corefile", corefile, options, new Corefiles.MapFiles(Map.of()));

    long most = Limit.COREFILE_CHARACTERS.value();
    assertThat(reading.result()).isInstanceOf(Corefile.Invalid.class);
    assertThat(reading.result().toString())
        .contains("with imports and variables it has more than %,d characters".formatted(most));
    assertThat((long) reading.text().text().length()).isLessThan(2 * most);
  }
}
