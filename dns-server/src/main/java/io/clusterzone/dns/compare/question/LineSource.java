package io.clusterzone.dns.compare.question;

import io.clusterzone.dns.compare.ComparedQuestion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A text with a question in some of its lines. Octets that are not ASCII are taken one by one.
abstract class LineSource implements QuestionSource {
  /// Longer lines are no queries of anybody.
  private static final int LONGEST_LINE = 65_536;

  private final String file;
  private final BufferedReader lines;
  private int number;

  LineSource(String file, InputStream text) {
    this.file = file;
    lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.ISO_8859_1));
  }

  @Override
  public final @Nullable ComparedQuestion next() throws IOException {
    for (String line = line(); line != null; line = line()) {
      number++;
      ComparedQuestion question = read(line.strip());
      if (question != null && question.isPlain()) {
        return question;
      }
    }
    ended();
    return null;
  }

  /// As of a reader, within a bound.
  private @Nullable String line() throws IOException {
    var line = new StringBuilder();
    int c = lines.read();
    if (c < 0) {
      return null;
    }
    while (c >= 0 && c != '\n') {
      if (line.length() == LONGEST_LINE) {
        number++;
        throw fault("a line of more than " + LONGEST_LINE + " characters");
      }
      line.append((char) c);
      c = lines.read();
    }
    return line.toString();
  }

  /// The question in a line, or null if it has none.
  abstract @Nullable ComparedQuestion read(String line) throws IOException;

  /// Called at the end of the text.
  void ended() throws IOException {}

  final int lines() {
    return number;
  }

  final IOException fault(String what) {
    return new IOException(file + ":" + number + ": " + what);
  }

  @Override
  public final void close() throws IOException {
    lines.close();
  }
}
