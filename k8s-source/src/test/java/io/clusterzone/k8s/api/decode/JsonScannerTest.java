package io.clusterzone.k8s.api.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The scanner's tokens against Jackson's.
final class JsonScannerTest {
  /// Writes the tokens down.
  private static final class Recorder implements JsonScanner.Handler {
    private final List<String> tokens = new ArrayList<>();

    @Override
    public void beginObject() {
      tokens.add("{");
    }

    @Override
    public void endObject() {
      tokens.add("}");
    }

    @Override
    public void beginArray() {
      tokens.add("[");
    }

    @Override
    public void endArray() {
      tokens.add("]");
    }

    @Override
    public void name(TextBuffer name) {
      tokens.add("name " + name.text());
    }

    @Override
    public boolean wantsText() {
      return true;
    }

    @Override
    public void text(TextBuffer text) {
      tokens.add("text " + text.text());
    }

    @Override
    public void number(long value) {
      tokens.add("number " + value);
    }

    @Override
    public void literal(boolean value) {
      tokens.add("literal " + value);
    }
  }

  private static List<String> scan(String json, int piece) throws MalformedBodyException {
    var recorder = new Recorder();
    var scanner = new JsonScanner(recorder);
    byte[] octets = json.getBytes(UTF_8);
    for (int at = 0; at < octets.length; at += piece) {
      scanner.feed(ByteBuffer.wrap(octets, at, Math.min(piece, octets.length - at)));
    }
    assertThat(scanner.isBetweenValues()).isTrue();
    return recorder.tokens;
  }

  private static List<String> oracle(String json) {
    var tokens = new ArrayList<String>();
    try (JsonParser parser =
        new JsonFactory().createParser(ObjectReadContext.empty(), json.getBytes(UTF_8))) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case START_OBJECT -> tokens.add("{");
          case END_OBJECT -> tokens.add("}");
          case START_ARRAY -> tokens.add("[");
          case END_ARRAY -> tokens.add("]");
          case PROPERTY_NAME -> tokens.add("name " + parser.currentName());
          case VALUE_STRING -> tokens.add("text " + parser.getString());
          case VALUE_NUMBER_INT -> tokens.add("number " + parser.getLongValue());
          case VALUE_NUMBER_FLOAT -> tokens.add("number 0");
          case VALUE_TRUE -> tokens.add("literal true");
          case VALUE_FALSE -> tokens.add("literal false");
          default -> {}
        }
      }
    }
    return tokens;
  }

  @Test
  void findsTheTokensThatJacksonFinds() throws Exception {
    for (int seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      var json = new StringBuilder();
      for (int i = 0; i < 3; i++) {
        value(random, json.append(' '), 5);
        json.append('\n');
      }
      assertThat(scan(json.toString(), 1 + random.nextInt(9)))
          .as("seed %d: %s", seed, json)
          .isEqualTo(oracle(json.toString()));
    }
  }

  private static void value(Random random, StringBuilder json, int depth) {
    switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> json.append(random.nextBoolean());
      case 1 -> json.append(random.nextBoolean() ? "null" : " 1.5e-3");
      case 2 -> json.append(random.nextInt()).append(' ');
      case 3, 4 -> text(random, json);
      case 5 -> {
        json.append('[');
        for (int i = random.nextInt(4); i > 0; i--) {
          value(random, json, depth - 1);
          json.append(i > 1 ? " , " : "");
        }
        json.append(']');
      }
      default -> {
        json.append("{ ");
        for (int i = random.nextInt(4); i > 0; i--) {
          text(random, json);
          value(random, json.append(" : "), depth - 1);
          json.append(i > 1 ? "," : "\t");
        }
        json.append('}');
      }
    }
  }

  private static void text(Random random, StringBuilder json) {
    String[] parts = {
      "a",
      "\\n",
      "\\\"",
      "\\\\",
      "\\/",
      "\\u0041",
      "\\u20ac",
      "\\ud83d\\ude00",
      "\u00e9",
      "\u20ac",
      "\ud83d\ude00",
      "\\t",
      "\\b\\f\\r",
      "zone"
    };
    json.append('"');
    for (int i = random.nextInt(6); i > 0; i--) {
      json.append(parts[random.nextInt(parts.length)]);
    }
    json.append('"');
  }

  @Test
  void halfASurrogatePairIsReplaced() throws Exception {
    assertThat(scan("\"\\ud83d\" \"\\ude00x\" \"\\ud83dy\" \"\\ud83d\\ud83d\\ude00\"", 1))
        .containsExactly("text \ufffd", "text \ufffdx", "text \ufffdy", "text \ufffd\ud83d\ude00");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "}",
        "]",
        "{]",
        "[}",
        "{\"a\"}",
        "{\"a\":}",
        "{,}",
        "[,]",
        "[1,]",
        "{\"a\":1,}",
        "tru ",
        "nul1",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\n\"",
        "'a'",
        "{1:2}",
        "+1",
        "[1 2]",
        "\u20ac"
      })
  void refusesWhatIsNoJson(String text) {
    assertThatThrownBy(() -> scan(text, 1)).isInstanceOf(MalformedBodyException.class);
  }

  @Test
  void refusesEndlessNesting() {
    assertThatThrownBy(() -> scan("[".repeat(10_000), 100))
        .isInstanceOf(MalformedBodyException.class)
        .hasMessageContaining("too deep");
  }
}
