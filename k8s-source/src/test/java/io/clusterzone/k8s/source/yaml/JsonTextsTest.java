package io.clusterzone.k8s.source.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonTextsTest {
  /// `_` stands for a line feed, `~` for a tab.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a": 1} | {"a": 1}
          {"a":_~1} | {"a":_ 1}
          {"a": 1}_{"b": 2} | {"a": 1}_--- {"b": 2}
          {"a": 1}_  {"b": 2}_ | {"a": 1}_  --- {"b": 2}_
          {"a": 1}{"b": 2}[3] | {"a": 1}_--- {"b": 2}_--- [3]
          {"a": "}{"}_{"b": "\\"}{"} | {"a": "}{"}_--- {"b": "\\"}{"}
          {"a": [{}, {}]} | {"a": [{}, {}]}
          {"a": 1}_---_{"b":_~2} | {"a": 1}_---_{"b":_ 2}
          {"a": 1}_--- {"b": 2}_---_c: {}_{d: e} | {"a": 1}_--- {"b": 2}_---_c: {}_{d: e}
          {a: 1}__---_b: {}_c: [{}, {}]_ | {a: 1}__---_b: {}_c: [{}, {}]_
          {"a": 1}_# {"b": 2}_{"c": 3} | {"a": 1}_# {"b": 2}_--- {"c": 3}
          a: {}_b: {} | a: {}_b: {}
          """)
  void makesADocumentOfEachText(String text, String expected) throws IOException {
    String in = text.replace('_', '\n').replace('~', '\t');
    assertThat(passed(new StringReader(in))).isEqualTo(expected.replace('_', '\n'));
    assertThat(passed(new OneByOne(in))).isEqualTo(expected.replace('_', '\n'));
  }

  private static String passed(Reader in) throws IOException {
    try (var texts = new JsonTexts(in)) {
      return texts.readAllAsString();
    }
  }

  /// Gives one character at a time, as a pipe may.
  private static final class OneByOne extends StringReader {
    OneByOne(String text) {
      super(text);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      return super.read(buffer, offset, Math.min(length, 1));
    }
  }
}
