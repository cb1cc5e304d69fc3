package io.clusterzone.k8s.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The syntax and meaning of label selectors, as the API's documentation has them.
class LabelSelectorTest {
  private static final Map<String, String> LABELS =
      Map.of("app", "web", "tier", "", "example.org/x", "1.2_3", "n", "7", "in", "out");

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `` | true
          app=web | true
          app==web | true
          app = web | true
          app=db | false
          app!=web | false
          app!=db | true
          none!=db | true
          none= | false
          tier= | true
          tier=,app=web | true
          app in (web,db) | true
          app in ( db , web ) | true
          app in (db) | false
          app in () | false
          tier in () | true
          tier in (,x) | true
          none in (a) | false
          app notin (web) | false
          app notin (db) | true
          none notin (a) | true
          app | true
          tier | true
          none | false
          !none | true
          ! none | true
          !app | false
          example.org/x=1.2_3 | true
          example.org/x | true
          n>6 | true
          n > 7 | false
          n<8 | true
          app<8 | false
          none>1 | false
          app=web,!none,n>6,tier notin (a,b) | true
          app=web,app=db | false
          in=out | true
          in in (out) | true
          """)
  void selects(String selector, boolean expected) {
    assertThat(LabelSelector.parse(selector).matches(LABELS)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          app= =web | "=" is not a label's value
          app web | expected =, !=, in, notin, < or >, found "web"
          app=web tier | expected ',' or the end, found "tier"
          app in web | expected '(' before the values
          app in (web | expected ')' after the values
          app in (web db) | expected ')' after the values
          , | "," is not a label's key
          app, | "" is not a label's key
          ! | "" is not a label's key
          =web | "=" is not a label's key
          a/b/c | "a/b/c" is not a label's key
          _a | "_a" is not a label's key
          A.B/c | "A.B/c" is not a label's key
          app=w@b | "w@b" is not a label's value
          n>x | "x" is not a whole number
          n> | "" is not a whole number
          """)
  void refusesWithReason(String selector, String expected) {
    assertThatThrownBy(() -> LabelSelector.parse(selector))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(expected)
        .hasMessageStartingWith("label selector \"" + selector + "\", character ");
  }

  /// What is written is read as the same selector again: it goes to the API server as text.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "app",
        "!app",
        "app in (a)",
        "app in (a,b),tier notin (x),!old,zone",
        "size > 3,size < 10"
      })
  void isWrittenAsItIsRead(String text) {
    LabelSelector selector = LabelSelector.parse(text);
    assertThat(selector).hasToString(text);
    assertThat(LabelSelector.parse(selector.toString())).isEqualTo(selector);
  }
}
