package io.clusterzone.dns.config.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.file.Corefiles;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class LexerTest {
  private final Problems problems = new Problems("Corefile");

  static List<Arguments> words() {
    return List.of(
        Arguments.of("a b c\nd e", List.of("a", "b", "c", "d", "e")),
        Arguments.of("", List.of()),
        Arguments.of("\n\t \r\n", List.of()),
        Arguments.of("\ufeffa", List.of("a")),
        Arguments.of("a\u00a0b", List.of("a", "b")),
        Arguments.of("a # b\nc", List.of("a", "c")),
        Arguments.of("a#b c\nd", List.of("a", "d")),
        Arguments.of("\"a # b\"", List.of("a # b")),
        Arguments.of("\"a \\\" b\"", List.of("a \" b")),
        Arguments.of("\"a \\n b\\\\\"", List.of("a \\n b\\\\")),
        Arguments.of("\"a\nb\" c", List.of("a\nb", "c")),
        Arguments.of("\"a\"b", List.of("a", "b")),
        Arguments.of("a\"b c\"", List.of("a\"b", "c\"")),
        Arguments.of("\"\" a", List.of("", "a")),
        Arguments.of("a\\ b", List.of("a\\", "b")),
        Arguments.of("a\r\nb\r\n", List.of("a", "b")),
        Arguments.of("{ } {common} {{x}}", List.of("{", "}", "{common}", "{{x}}")),
        Arguments.of("a{$ZONE}b {%ZONE%}", List.of("aexample.orgb", "example.org")),
        Arguments.of("{$NONE}", List.of("")));
  }

  @ParameterizedTest
  @MethodSource("words")
  void cutsTextIntoWords(String text, List<String> expected) {
    assertThat(tokens(text).stream().map(Token::text)).isEqualTo(expected);
    assertThat(problems.hasErrors()).isFalse();
  }

  /// Wherever what is read ahead ends.
  @Test
  void cutsLongTextsAsShortOnes() {
    for (int blanks = 4080; blanks < 4110; blanks++) {
      assertThat(tokens(" ".repeat(blanks) + "\"a \\\" b\\c\" d # e\n{").stream().map(Token::text))
          .as("behind %d blanks", blanks)
          .containsExactly("a \" b\\c", "d", "{");
    }
    assertThat(tokens("ab ".repeat(10_000))).hasSize(10_000);
  }

  @Test
  void knowsWhereWordsStand() {
    assertThat(tokens("a  bc\n \"d\ne\" f\n\tg").stream().map(LexerTest::place))
        .containsExactly("a 1:1 first", "bc 1:4", "d\ne 2:2 first", "f 3:4", "g 4:2 first");
  }

  @Test
  void countsColumnsInCharactersAsPeopleSeeThem() {
    assertThat(tokens("\ud83d\ude00 b").stream().map(LexerTest::place))
        .containsExactly("\ud83d\ude00 1:1 first", "b 1:3");
  }

  @Test
  void takesBracesOfQuotesAndVariablesForText() {
    List<Token> tokens = tokens("{ \"{\" {$B} }", new Environment(Map.of("B", "}")));
    assertThat(tokens.stream().map(Token::isBrace)).containsExactly(true, false, false, true);
  }

  @Test
  void reportsQuoteThatIsNeverClosed() {
    assertThat(tokens("a \"b\nc").stream().map(Token::text)).containsExactly("a", "b\nc");
    assertThat(problems.sorted()).hasToString("[Corefile:1:3: this quote is never closed]");
  }

  @Test
  void reportsBraceThatIsGluedToAWord() {
    assertThat(tokens("errors{").stream().map(LexerTest::place))
        .containsExactly("errors 1:1 first", "{ 1:7");
    assertThat(problems.sorted()).hasToString("[Corefile:1:7: expected a blank before \"{\"]");
  }

  private List<Token> tokens(String text) {
    return tokens(text, new Environment(Corefiles.ENVIRONMENT));
  }

  private List<Token> tokens(String text, Environment environment) {
    var lexer = new Lexer("Corefile", PackedText.of(text).reader(), environment, problems);
    return Stream.generate(lexer::next).takeWhile(Objects::nonNull).toList();
  }

  private static String place(Token token) {
    return token.text()
        + " "
        + token.line()
        + ":"
        + token.column()
        + (token.startsLine() ? " first" : "");
  }
}
