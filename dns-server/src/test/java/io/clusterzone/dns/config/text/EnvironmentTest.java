package io.clusterzone.dns.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnvironmentTest {
  private static final Map<String, String> VARIABLES =
      Map.of("A", "one", "B", "two", "SELF", "{$SELF}", "OPEN", "{$");

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "{$A}, one",
    "{%A%}, one",
    "{$A}:{%B%}, one:two",
    "x{$A}y{$B}z, xoneytwoz",
    "{$UNSET}x, x",
    "{$SELF}, {$SELF}",
    "{$OPEN}A}, {$A}",
    "{$}, {$}",
    "{%%}, {%%}",
    "{$A, {$A",
    "{%A}, {%A}",
    "{$A$}x, x",
    "{}, {}",
  })
  void replacesReferencesOnce(String text, String expected) {
    assertThat(new Environment(VARIABLES).replaceIn(text)).isEqualTo(expected);
  }
}
