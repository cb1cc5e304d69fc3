package io.clusterzone.dns.config.text;

import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.file.RegularFile;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Replaces `import` lines by the words of files and snippets.
///
/// A file may not import itself, directly or through others. The number of imports and of words is
/// bounded, so that a few lines cannot grow into millions.
public final class Imports extends Words {
  public static final int MAX_IMPORTS = 1000;
  public static final int MAX_TOKENS = 200_000;

  /// A file or snippet whose words are being taken.
  ///
  /// @param rest files that come after it, imported by the same word
  private record Source(String identity, Words words, Iterator<Path> rest, Token argument) {}

  private final String file;
  private final TextFiles files;
  private final Environment environment;
  private final Problems problems;
  private final Snippets snippets;
  private final Deque<Source> active = new ArrayDeque<>();

  private boolean afterOpen;
  private int count;
  private long characters;
  private int imports;
  private int depth;

  /// The words of `text`, which stands in `file`, and of everything it imports.
  public Imports(
      String file, PackedText text, TextFiles files, Environment environment, Problems problems) {
    this.file = file;
    this.files = files;
    this.environment = environment;
    this.problems = problems;
    this.snippets = new Snippets(problems);
    var words = new Lexer(file, text.reader(), environment, problems);
    var self = new Token(file, file, 0, 0, true, true);
    active.push(new Source(identity(Path.of(file)), words, Collections.emptyIterator(), self));
  }

  @Override
  protected @Nullable Token make() {
    while (!active.isEmpty() && count < MAX_TOKENS && !isTooLong()) {
      Source source = active.element();
      Token token = source.words.next();
      if (token == null) {
        active.pop();
        importRest(source);
      } else if (depth == 0 && Snippets.startsWith(token, source.words.peek())) {
        snippets.define(token, source.words);
      } else if (isImport(token)) {
        importLine(token, restOfLine(source.words));
      } else {
        count(token);
        return token;
      }
    }
    if (isTooLong()) {
      reportTooLong();
    }
    return null;
  }

  private boolean isTooLong() {
    return environment.isExceeded() || characters > Limit.COREFILE_CHARACTERS.value();
  }

  private void reportTooLong() {
    problems.add(
        new Problem(
            ProblemKind.SYNTAX,
            file,
            0,
            0,
            "with imports and variables it has more than %,d characters"
                .formatted(Limit.COREFILE_CHARACTERS.value())));
  }

  private void count(Token token) {
    afterOpen = token.opens();
    depth = Math.max(0, depth + (afterOpen ? 1 : token.closes() ? -1 : 0));
    count++;
    characters += token.text().length();
    if (count == MAX_TOKENS) {
      problems.add(
          ProblemKind.SYNTAX, token, "the Corefile has more than " + MAX_TOKENS + " words");
    }
  }

  private boolean isImport(Token token) {
    return !token.literal() && token.text().equals("import") && (token.startsLine() || afterOpen);
  }

  private static List<Token> restOfLine(Words words) {
    var rest = new ArrayList<Token>();
    for (Token token = words.peek();
        token != null && !token.startsLine() && !token.isBrace();
        token = words.peek()) {
      rest.add(token);
      words.next();
    }
    return rest;
  }

  private void importLine(Token head, List<Token> arguments) {
    if (arguments.size() != 1 || arguments.getFirst().text().isEmpty()) {
      problems.add(ProblemKind.IMPORT, head, "import: expected one file, pattern or snippet");
      return;
    }
    Token argument = arguments.getFirst();
    if (snippets.contains(argument.text())) {
      importSnippet(argument);
    } else {
      importFiles(argument);
    }
  }

  private void importSnippet(Token argument) {
    String identity = "(" + argument.text() + ")";
    if (isAllowed(argument) && isNotActive(identity, argument)) {
      Words body = Words.of(snippets.body(argument.text()));
      active.push(new Source(identity, body, Collections.emptyIterator(), argument));
    }
  }

  /// Counts one more file or snippet; false, with a problem reported, if it is too many.
  private boolean isAllowed(Token argument) {
    imports++;
    if (imports > MAX_IMPORTS) {
      problems.add(ProblemKind.IMPORT, argument, "import: more than " + MAX_IMPORTS + " imports");
    }
    return imports <= MAX_IMPORTS;
  }

  private void importFiles(Token argument) {
    reporting(
        argument,
        () -> {
          checkWildcards(argument);
          Path pattern = Path.of(argument.file()).resolveSibling(argument.text());
          importFirst(files.find(pattern).iterator(), argument);
        });
  }

  private void importRest(Source source) {
    reporting(source.argument, () -> importFirst(source.rest, source.argument));
  }

  private interface Reading {
    void run() throws IOException;
  }

  private void reporting(Token argument, Reading reading) {
    try {
      reading.run();
    } catch (NoSuchFileException _) {
      problems.add(
          ProblemKind.IMPORT,
          argument,
          "import: there is no file and, up to here, no snippet \"" + argument.text() + "\"");
    } catch (InvalidPathException e) {
      unreadable(argument, e.getReason());
    } catch (IOException e) {
      unreadable(argument, RegularFile.reason(e));
    }
  }

  private void unreadable(Token argument, String reason) {
    problems.add(
        ProblemKind.IMPORT, argument, "import: cannot read \"" + argument.text() + "\": " + reason);
  }

  /// Takes the words of the first of these files next, and the others after them.
  private void importFirst(Iterator<Path> all, Token argument) throws IOException {
    while (all.hasNext() && isAllowed(argument)) {
      Path first = all.next();
      String identity = identity(first);
      if (isNotActive(identity, argument)) {
        var words = new Lexer(first.toString(), files.pack(first).reader(), environment, problems);
        active.push(new Source(identity, words, all, argument));
        return;
      }
    }
  }

  private boolean isNotActive(String identity, Token argument) {
    boolean found = active.stream().anyMatch(source -> source.identity.equals(identity));
    if (found) {
      problems.add(
          ProblemKind.IMPORT, argument, "import: \"" + argument.text() + "\" imports itself");
    }
    return !found;
  }

  private static String identity(Path file) {
    return file.toAbsolutePath().normalize().toString();
  }

  /// Many wildcards in one pattern take very long to match; one of each kind is enough for every
  /// use.
  private static void checkWildcards(Token argument) throws IOException {
    String text = argument.text();
    if (count(text, '*') > 1 || count(text, '?') > 1) {
      throw new IOException("a pattern may have one \"*\" and one \"?\"");
    }
  }

  private static long count(String text, char wildcard) {
    return text.chars().filter(c -> c == wildcard).count();
  }
}
