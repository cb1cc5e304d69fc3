package io.clusterzone.dns.config.file;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.Former;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.config.file.KeyParser.Located;
import io.clusterzone.dns.config.read.BlockContext;
import io.clusterzone.dns.config.read.DirectiveSpec;
import io.clusterzone.dns.config.read.DirectiveTable;
import io.clusterzone.dns.config.text.CorefileText;
import io.clusterzone.dns.config.text.DiskFiles;
import io.clusterzone.dns.config.text.Environment;
import io.clusterzone.dns.config.text.Imports;
import io.clusterzone.dns.config.text.LineParser;
import io.clusterzone.dns.config.text.LineParser.RawBlock;
import io.clusterzone.dns.config.text.PackedText;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.config.text.Problems;
import io.clusterzone.dns.config.text.TextFiles;
import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.file.RegularFile;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.zones.name.Name;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads a Corefile: text to words ([io.clusterzone.dns.config.text.Lexer]), imports and snippets
/// put in their places ([Imports]), words to blocks and lines ([LineParser]), lines to records
/// ([DirectiveTable]).
///
/// Nothing is thrown for what stands in a file; every problem is found in one pass. The work is
/// bounded by the sizes of the files and the limits in [Imports]. Any thread may call it.
public final class CorefileParser {
  private static final Corefile NONE = new Corefile(List.of());

  private final ParseOptions options;
  private final TextFiles files;
  private final Problems problems;

  private CorefileParser(String file, ParseOptions options, TextFiles files) {
    this.options = options;
    this.files = files;
    this.problems = new Problems(file);
  }

  /// The names of the directives that a server block may have, in alphabetical order.
  public static List<String> directives() {
    return DirectiveTable.SPECS.stream().map(DirectiveSpec::name).sorted().toList();
  }

  /// Reads a file and its imports.
  public static CorefileReading read(Path file, ParseOptions options) {
    return read(file, options, NONE);
  }

  /// Reads a file and its imports.
  ///
  /// @param before the Corefile read last: server blocks that say the same are the same objects
  public static CorefileReading read(Path file, ParseOptions options, Corefile before) {
    var files = new DiskFiles();
    try {
      return new CorefileParser(file.toString(), options, files)
          .run(file.toString(), files.pack(file), before);
    } catch (NoSuchFileException _) {
      return unreadable(file, "there is no such file; name another with -conf");
    } catch (IOException e) {
      return unreadable(file, "cannot be read: " + RegularFile.reason(e));
    }
  }

  /// Reads a text as if it stood in `file`, to which imports are relative.
  public static CorefileReading read(String file, String text, ParseOptions options) {
    return read(file, text, options, new DiskFiles(), NONE);
  }

  static CorefileReading read(
      String file, String text, ParseOptions options, TextFiles files, Corefile before) {
    return new CorefileParser(file, options, files).run(file, PackedText.of(text), before);
  }

  private static CorefileReading unreadable(Path file, String message) {
    return new CorefileReading(
        new Corefile.Invalid(
            List.of(new Problem(ProblemKind.COREFILE_UNREADABLE, file.toString(), 0, 0, message))),
        new Corefile(List.of()),
        false,
        List.of(),
        PackedText.of(""));
  }

  private CorefileReading run(String file, PackedText text, Corefile before) {
    var environment = new Environment(options.environment());
    var words = new CorefileText(new Imports(file, text, files, environment, problems));
    var parser = new LineParser(words, problems);
    var blocks = new ArrayList<ServerBlock>();
    var former = new Former<>(before.blocks());
    var keyParser = new KeyParser(options.defaultPort(), problems);
    var overlap = new ListenOverlap(problems);
    var listeners = new ListenerCount(problems);
    var forwards = new ForwardCount(problems, Limit.FORWARD_MEMORY.value());
    var unreached = new UnreachedForwards(problems);
    for (RawBlock raw = parser.next(); raw != null; raw = parser.next()) {
      List<Located> keys = keyParser.read(raw.keys());
      ServerBlock made = block(raw, keys);
      ServerBlock same = former.take(made::equals);
      ServerBlock block = same == null ? made : same;
      for (int i = 0; i < keys.size(); i++) {
        overlap.add(block.keys().get(i), keys.get(i).at(), block);
        listeners.add(block.keys().get(i), keys.get(i).at(), block);
      }
      unreached.add(raw.lines(), block);
      keys.stream().limit(1).forEach(located -> forwards.add(located.at(), block));
      blocks.add(block);
    }
    if (blocks.isEmpty() && !problems.hasErrors()) {
      problems.add(
          new Problem(
              ProblemKind.COREFILE_UNREADABLE,
              file,
              0,
              0,
              "there is no server block, such as \".:53 { ... }\""));
    }
    var corefile = new Corefile(blocks);
    unreached.report(corefile);
    listeners.check(corefile);
    forwards.check();
    return new CorefileReading(
        problems.hasErrors()
            ? new Corefile.Invalid(problems.sorted())
            : new Corefile.Valid(corefile),
        corefile,
        problems.isMild(),
        problems.warnings(),
        words.written());
  }

  private ServerBlock block(RawBlock raw, List<Located> keys) {
    List<Name> zones =
        keys.size() == 1
            ? List.of(keys.getFirst().key().zone())
            : keys.stream().map(located -> located.key().zone()).distinct().toList();
    List<Directive> directives =
        DirectiveTable.read(raw.lines(), new BlockContext(zones, options, files, problems));
    return new ServerBlock(keys.stream().map(Located::key).toList(), directives);
  }
}
