package io.clusterzone.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.source.object.ManifestOptions;
import io.clusterzone.k8s.source.object.ManifestParser;
import io.clusterzone.k8s.source.object.ParsedFile;
import io.clusterzone.k8s.source.yaml.BrokenFileException;
import io.clusterzone.k8s.source.yaml.SharedValues;
import java.io.Reader;
import java.io.StringReader;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Texts that would fill the memory, and where reading them ends.
final class ManifestLimitsTest {
  @SuppressWarnings("ImmutableEnumChecker") // the suppliers keep nothing
  enum Large {
    SCALAR("the value or comment after this is longer than", () -> text(_ -> "x", "a: ")),
    QUOTED("the value or comment after this is longer than", () -> text(_ -> "x y\n ", "a: \"")),
    BLOCK("the value or comment after this is longer than", () -> text(_ -> " x\n", "a: |\n")),
    TAG("the value or comment after this is longer than", () -> text(_ -> "x", "a: !")),
    COMMENTS("the value or comment after this is longer than", () -> text(_ -> "# x\n", "")),
    LINES("the value or comment after this is longer than", () -> text(_ -> "\n", "a: b\n")),
    DOCUMENTS("more than 1,000 things are wrong up to here", () -> text(_ -> "--- {}\n", "")),
    LISTS(
        "more than 1,000 things are wrong up to here",
        () -> text(_ -> "- 1\n", "kind: List\nitems:\n")),
    ANCHORS("the document has more than 10,000 anchors", () -> text(i -> "- &a" + i + " x\n", "")),
    ALIASES(
        "aliases stand for more than 1,000,000 nodes",
        () -> text(_ -> ", *a", "[&a [" + "x, ".repeat(100) + "x]")),
    LABELS(
        "the document holds more than",
        () -> text(i -> "  l" + i + ": x\n", "metadata:\n labels:\n")),
    DEPTH("nested more than 100 levels deep", () -> text(_ -> "[", ""));

    private final String message;
    private final Supplier<Reader> text;

    Large(String message, Supplier<Reader> text) {
      this.message = message;
      this.text = text;
    }

    private static Reader text(LongFunction<String> part, String start) {
      return new Endless(start, part);
    }
  }

  /// A text without end, of parts that are made when they are read.
  private static final class Endless extends Reader {
    private final LongFunction<String> part;
    private StringReader current;
    private long parts;

    Endless(String start, LongFunction<String> part) {
      this.current = new StringReader(start);
      this.part = part;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws java.io.IOException {
      int read = current.read(buffer, offset, length);
      while (read < 0) {
        var next = new StringBuilder();
        while (next.length() < 10_000) {
          next.append(part.apply(parts++));
        }
        current = new StringReader(next.toString());
        read = current.read(buffer, offset, length);
      }
      return read;
    }

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedWhereItIsTooMuch(Large large) {
    BrokenFileException broken =
        catchThrowableOfType(BrokenFileException.class, () -> parse(large.text.get()));
    assertThat(broken).isNotNull();
    assertThat(broken.getMessage()).startsWith(large.message);
    assertThat(broken.isPlaced()).isTrue();
  }

  @Test
  void whatIsJustNotTooMuchIsRead() throws Exception {
    String comment = "# " + "x".repeat((int) Limit.YAML_CHARACTERS.value() - 200_000) + "\n";
    ParsedFile file = parse(new StringReader(comment + Texts.service("a", "10.96.0.1")));
    assertThat(file.manifests()).hasSize(1);
  }

  private static ParsedFile parse(Reader text) throws BrokenFileException {
    return ManifestParser.parse("f", text, ManifestOptions.DEFAULT, new SharedValues());
  }
}
