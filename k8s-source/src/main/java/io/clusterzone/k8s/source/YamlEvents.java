package io.clusterzone.k8s.source;

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
final class YamlEvents {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setUseMarks(true)
          .setParseComments(false)
          // The file's size is bounded before it is read.
          .setCodePointLimit(Integer.MAX_VALUE)
          .setBufferSize(16 * 1024)
          .build();

  private static final int MAX_MESSAGE = 200;

  private final ParserImpl parser;

  YamlEvents(Reader reader) {
    parser = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, reader));
  }

  Event next() throws BrokenFileException {
    try {
      return parser.next();
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
