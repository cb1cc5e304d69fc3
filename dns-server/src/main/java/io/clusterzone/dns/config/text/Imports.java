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
import java.util.Deque;
import java.util.List;

/// Puts the words of files and snippets in the place of `import` lines, as if they stood there.
///
/// A file may not import itself, directly or through others. The number of imports and of words is
/// bounded, so that a few lines cannot grow into millions.
public final class Imports {
  public static final int MAX_IMPORTS = 1000;
  public static final int MAX_TOKENS = 200_000;

  private final TextFiles files;
  private final Environment environment;
  private final Problems problems;
  private final Snippets snippets;
  private final List<Token> expanded = new ArrayList<>();
  private final Deque<String> active = new ArrayDeque<>();

  private long characters;
  private int imports;
  private int depth;

  private Imports(TextFiles files, Environment environment, Problems problems) {
    this.files = files;
    this.environment = environment;
    this.problems = problems;
    this.snippets = new Snippets(problems);
  }

  /// The words of `text`, which stands in `file`, and of everything it imports.
  public static List<Token> expand(
      String file, String text, TextFiles files, Environment environment, Problems problems) {
    var imports = new Imports(files, environment, problems);
    imports.active.push(identity(Path.of(file)));
    imports.expand(Lexer.tokens(file, text, environment, problems));
    if (imports.isTooLong()) {
      problems.add(
          new Problem(
              ProblemKind.SYNTAX,
              file,
              0,
              0,
              "with imports and variables it has more than %,d characters"
                  .formatted(Limit.COREFILE_CHARACTERS.value())));
    }
    return imports.expanded;
  }

  private void expand(List<Token> tokens) {
    int i = 0;
    while (i < tokens.size() && expanded.size() < MAX_TOKENS && !isTooLong()) {
      Token token = tokens.get(i);
      if (depth == 0 && Snippets.startsAt(tokens, i)) {
        i = snippets.define(tokens, i);
      } else if (isImport(tokens, i)) {
        int end = endOfLine(tokens, i + 1);
        importLine(token, tokens.subList(i + 1, end));
        i = end;
      } else {
        add(token);
        i++;
      }
    }
  }

  private boolean isTooLong() {
    return environment.isExceeded() || characters > Limit.COREFILE_CHARACTERS.value();
  }

  private void add(Token token) {
    depth = Math.max(0, depth + (token.opens() ? 1 : token.closes() ? -1 : 0));
    expanded.add(token);
    characters += token.text().length();
    if (expanded.size() == MAX_TOKENS) {
      problems.add(
          ProblemKind.SYNTAX, token, "the Corefile has more than " + MAX_TOKENS + " words");
    }
  }

  private static boolean isImport(List<Token> tokens, int i) {
    Token token = tokens.get(i);
    return !token.literal()
        && token.text().equals("import")
        && (token.startsLine() || (i > 0 && tokens.get(i - 1).opens()));
  }

  private static int endOfLine(List<Token> tokens, int from) {
    int end = from;
    while (end < tokens.size() && !tokens.get(end).startsLine() && !tokens.get(end).isBrace()) {
      end++;
    }
    return end;
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
    if (isAllowed(argument)) {
      expandOnce("(" + argument.text() + ")", snippets.body(argument.text()), argument);
    }
  }

  /// Counts one more file or snippet, and tells whether it still fits.
  private boolean isAllowed(Token argument) {
    imports++;
    if (imports > MAX_IMPORTS) {
      problems.add(ProblemKind.IMPORT, argument, "import: more than " + MAX_IMPORTS + " imports");
    }
    return imports <= MAX_IMPORTS;
  }

  private void importFiles(Token argument) {
    try {
      checkWildcards(argument);
      Path pattern = Path.of(argument.file()).resolveSibling(argument.text());
      for (Path file : files.find(pattern)) {
        if (!isAllowed(argument)) {
          break;
        }
        importFile(file, argument);
      }
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

  private void importFile(Path file, Token argument) throws IOException {
    String name = file.toString();
    expandOnce(
        identity(file), Lexer.tokens(name, files.read(file), environment, problems), argument);
  }

  private void expandOnce(String identity, List<Token> tokens, Token argument) {
    if (active.contains(identity)) {
      problems.add(
          ProblemKind.IMPORT, argument, "import: \"" + argument.text() + "\" imports itself");
      return;
    }
    active.push(identity);
    expand(tokens);
    active.pop();
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
