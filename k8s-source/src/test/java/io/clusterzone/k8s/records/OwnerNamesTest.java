package io.clusterzone.k8s.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.name.Name;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerNamesTest {
  private static final Name ZONE = Name.parse("example");

  @ParameterizedTest
  @CsvSource({
    "a, a.example.",
    "A-1_b, A-1_b.example.",
    "a.b.c, a.b.c.example.",
    "-, -.example.",
  })
  void takesLettersDigitsHyphensAndUnderscores(String text, String name) {
    assertThat(OwnerNames.below(ZONE, text)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "a.", ".a", "a..b", "*", "*.a", "a b", "a\\.b", "\u00e9", "a\n", "a/b"})
  void givesNoNameForAnythingElse(String text) {
    assertThat(OwnerNames.below(ZONE, text)).isNull();
  }

  @Test
  void keepsTheLimitsOfRfc1035Section234() {
    assertThat(OwnerNames.child(ZONE, "a".repeat(63))).isNotNull();
    assertThat(OwnerNames.child(ZONE, "a".repeat(64))).isNull();
    String room = ("a".repeat(60) + ".").repeat(4);
    assertThat(OwnerNames.absolute(room + "b".repeat(8) + ".")).isNotNull();
    assertThat(OwnerNames.absolute(room + "b".repeat(10))).isNull();
  }

  @Test
  void neverThrows() {
    var random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(80); length > 0; length--) {
        text.append(
            random.nextInt(4) == 0
                ? (char) random.nextInt(0x3000)
                : ".a-".charAt(random.nextInt(3)));
      }
      Name name = OwnerNames.absolute(text.toString());
      assertThat(name == null || name.length() <= Name.MAX_LENGTH).as("%s", text).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"web, true", "web-1, true", "Web, false", "a.b, false", "*, false", "'', false"})
  void knowsWhatMayNameAnObject(String label, boolean may) {
    assertThat(OwnerNames.isObjectLabel(label)).isEqualTo(may);
  }
}
