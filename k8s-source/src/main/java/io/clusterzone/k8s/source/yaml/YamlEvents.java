package io.clusterzone.k8s.source.yaml;

import io.clusterzone.k8s.file.Limit;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// The parser's events, with its exceptions turned into places and sentences. Used by one thread.
public final class YamlEvents {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setUseMarks(true)
          .setParseComments(false)
          // The file's size is bounded before it is read.
          .setCodePointLimit(Integer.MAX_VALUE)
          .setBufferSize(64 * 1024)
          .build();

  private static final int MAX_MESSAGE = 200;

  private final ParserImpl parser;
  private final Measured text;

  /// The line of the last event; counts from 1.
  private int line = 1;

  public YamlEvents(Reader reader) {
    text = new Measured(reader);
    parser = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
  }

  /// The characters that the parser has taken for the event that it looks for. It holds them all:
  /// one value, a comment or blanks.
  private static final class Measured extends FilterReader {
    private final long most = Limit.YAML_CHARACTERS.value();
    private long taken;

    Measured(Reader reader) {
      super(reader);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      taken += Math.max(0, read);
      if (taken > most) {
        throw new TooLongException();
      }
      return read;
    }
  }

  private static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1;
  }

  Event next() throws BrokenFileException {
    text.taken = 0;
    try {
      Event event = parser.next();
      line = event.getEndMark().map(Mark::getLine).orElse(line - 1) + 1;
      return event;
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      int line = mark.map(Mark::getLine).orElse(-1) + 1;
      int column = mark.map(Mark::getColumn).orElse(-1) + 1;
      throw new BrokenFileException(line, column, "not YAML: " + sentence(e));
    } catch (ReaderException e) {
      // Its place is one in a buffer; the text is searched for it instead.
      throw new BrokenFileException(
          0, 0, "U+%04X is not allowed in YAML; is this a text file?".formatted(e.getCodePoint()));
    } catch (YamlEngineException e) {
      if (e.getCause() instanceof TooLongException) {
        throw new BrokenFileException(
            line,
            0,
            "the value or comment after this is longer than %,d characters; split it"
                .formatted(text.most));
      }
      boolean malformed = e.getCause() instanceof CharacterCodingException;
      String message = malformed ? "not UTF-8; is this a text file?" : "not YAML: " + e;
      throw new BrokenFileException(0, 0, FieldReader.shorten(message, MAX_MESSAGE));
    }
  }

  private static String sentence(MarkedYamlEngineException e) {
    String context = e.getContext() == null ? "" : e.getContext() + ": ";
    String sentence = (context + e.getProblem()).replaceAll("\\s+", " ").strip();
    return FieldReader.shorten(sentence, MAX_MESSAGE);
  }
}
