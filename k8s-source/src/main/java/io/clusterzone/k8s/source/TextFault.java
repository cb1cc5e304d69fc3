package io.clusterzone.k8s.source;

import io.clusterzone.k8s.source.yaml.BrokenFileException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.snakeyaml.engine.v2.api.YamlUnicodeReader;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Finds where a text holds what no YAML may hold: a control character, or bytes that are no text.
/// The parser finds that such a thing is there, but not where.
final class TextFault {
  /// The decoder's replacement for bytes that are no text.
  private static final char REPLACEMENT = '\uFFFD';

  private static final int TEMPLATE_OCTETS = 1 << 20;

  private TextFault() {}

  /// The same failure with the place of the first fault.
  static BrokenFileException locate(FileContent.Source source, BrokenFileException failure)
      throws IOException {
    int line = 1;
    int column = 1;
    try (Reader text = new BufferedReader(new InputStreamReader(source.open(), encoding(source)))) {
      int c = text.read();
      while (isAllowed(c)) {
        column = c == '\n' ? 1 : column + 1;
        line = c == '\n' ? line + 1 : line;
        c = text.read();
      }
    }
    return failure.at(line, column);
  }

  /// Whether the first million octets hold `{{`, as templates of Go and Jinja do.
  static boolean isTemplate(FileContent.Source source) throws IOException {
    try (InputStream in = source.open()) {
      return new String(in.readNBytes(TEMPLATE_OCTETS), StandardCharsets.ISO_8859_1).contains("{{");
    }
  }

  private static boolean isAllowed(int c) {
    boolean text = Character.isSurrogate((char) c) || StreamReader.isPrintable(c);
    return c >= 0 && c != REPLACEMENT && text;
  }

  /// As the byte order mark says.
  private static Charset encoding(FileContent.Source source) throws IOException {
    try (var text = new YamlUnicodeReader(source.open())) {
      // Nothing is read but the mark.
      int none = text.read(new char[0], 0, 0);
      return none == 0 ? text.getEncoding() : StandardCharsets.UTF_8;
    }
  }
}
