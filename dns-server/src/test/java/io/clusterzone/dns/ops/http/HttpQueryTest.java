package io.clusterzone.dns.ops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class HttpQueryTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name=a.example | a.example",
        "name=a%2eb%2Fc | a.b/c",
        "name=a+b%2B%25 | a b+%",
        "name=%C3%BC | ü",
        "name=a=b | a=b",
        "name= | ''",
        "other=1 | none",
        "'' | none",
      })
  void decodesAValue(String text, String value) {
    assertThat(HttpQuery.parse(text).one("name", "none")).isEqualTo(value);
  }

  static List<Arguments> malformed() {
    return List.of(
        Arguments.of("name", "expected name=value between the characters &"),
        Arguments.of("=a", "expected name=value between the characters &"),
        Arguments.of("a=1&", "expected name=value between the characters &"),
        Arguments.of("a=%", "expected two hexadecimal digits after each %; write %25 for % itself"),
        Arguments.of(
            "a=%1", "expected two hexadecimal digits after each %; write %25 for % itself"),
        Arguments.of(
            "a=%0g", "expected two hexadecimal digits after each %; write %25 for % itself"),
        Arguments.of("a=%ff", "a parameter is not in UTF-8"),
        Arguments.of("a=" + "x".repeat(1101), "a parameter has more than 1100 octets"),
        Arguments.of("a=1&".repeat(32) + "a=1", "there are more than 32 parameters"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesWhatIsMalformed(String text, String message) {
    assertThatThrownBy(() -> HttpQuery.parse(text))
        .isInstanceOf(BadQuery.class)
        .hasMessage(message);
  }

  @Test
  void takesAsMuchAsItSays() {
    String longest = "x".repeat(HttpQuery.LONGEST);
    assertThat(HttpQuery.parse("a=" + longest).one("a", "")).isEqualTo(longest);
    assertThat(HttpQuery.parse("a=1&".repeat(HttpQuery.MOST - 1) + "a=1").all("a"))
        .hasSize(HttpQuery.MOST);
  }

  @Test
  void readsWordsNumbersAndFlags() {
    HttpQuery query = HttpQuery.parse("by=name&count=7&slow=true&at=a&at=b");
    assertThat(query.word("by", List.of("name", "client"), "client")).isEqualTo("name");
    assertThat(query.number("count", 1, 9, 3)).isEqualTo(7);
    assertThat(query.number("labels", 1, 9, 3)).isEqualTo(3);
    assertThat(query.flag("slow")).isTrue();
    assertThat(query.flag("fast")).isFalse();
    assertThat(query.all("at")).containsExactly("a", "b");
    assertThatThrownBy(() -> query.word("by", List.of("client"), "client"))
        .hasMessage("by is one of client, not \"name\"");
    assertThatThrownBy(() -> query.number("count", 8, 9, 8))
        .hasMessage("count is 8 to 9, not \"7\"");
    assertThatThrownBy(() -> query.number("by", 0, 9, 8)).hasMessage("by is 0 to 9, not \"name\"");
    assertThatThrownBy(() -> query.one("at", ""))
        .hasMessage("the parameter at is there more than once");
    assertThatThrownBy(() -> query.requireOnly(Set.of("by", "at", "slow")))
        .hasMessage("there is no parameter \"count\"; there is at, by, slow");
  }

  @Test
  void survivesRandomOctets() {
    long seed = 20260731;
    Random random = new Random(seed);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] octets = new byte[random.nextInt(24)];
      for (int at = 0; at < octets.length; at++) {
        octets[at] = (byte) "a=&%2fC\u00e9+".charAt(random.nextInt(9));
      }
      try {
        HttpQuery.parse(new String(octets, StandardCharsets.ISO_8859_1));
        read++;
      } catch (BadQuery e) {
        assertThat(e).as("seed %d", seed).hasMessageNotContaining("Exception");
      }
    }
    assertThat(read).isBetween(500, 19_500);
  }
}
