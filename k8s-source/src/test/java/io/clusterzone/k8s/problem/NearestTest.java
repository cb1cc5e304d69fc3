package io.clusterzone.k8s.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestTest {
  @ParameterizedTest
  @CsvSource({
    "kitten, sitting, 3",
    "cache, cahce, 1",
    "log, log, 0",
    "log, logs, 1",
    "'', log, 3",
  })
  void countsEdits(String a, String b, int expected) {
    assertThat(Nearest.distance(a, b)).isEqualTo(expected);
    assertThat(Nearest.distance(b, a)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "kubernets, kubernetes",
        "KUBERNETES, kubernetes",
        "lgo, log",
        "proxy, -",
        "x, -",
        "forwardforwardforwardforwardforwardforward, -",
      })
  void namesTheNearestWordOnly(String word, String expected) {
    assertThat(Nearest.hint(word, List.of("kubernetes", "log", "forward", "errors")))
        .isEqualTo(expected == null ? "" : "; did you mean \"" + expected + "\"?");
  }
}
