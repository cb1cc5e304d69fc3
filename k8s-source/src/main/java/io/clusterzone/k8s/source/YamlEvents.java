package io.clusterzone.k8s.source;

import java.io.Reader;
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

  private final StreamReader stream;
  private final ParserImpl parser;

  YamlEvents(Reader reader) {
    stream = new StreamReader(SETTINGS, reader);
    parser = new ParserImpl(SETTINGS, stream);
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
      // The reader stops at a buffer's end: the place is the last it handed out.
      String message = "U+%04X is not allowed in YAML".formatted(e.getCodePoint());
      throw new BrokenFileException(stream.getLine() + 1, stream.getColumn() + 1, message);
    } catch (YamlEngineException e) {
      String message = e.getCause() == null ? e.getMessage() : String.valueOf(e.getCause());
      throw new BrokenFileException(
          stream.getLine() + 1, stream.getColumn() + 1, "not YAML: " + message);
    }
  }

  private static String sentence(MarkedYamlEngineException e) {
    String context = e.getContext() == null ? "" : e.getContext() + ": ";
    return (context + e.getProblem()).replaceAll("\\s+", " ").strip();
  }
}
