package io.clusterzone.dns.config.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.Directive;
import io.clusterzone.dns.config.ServerBlock;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.config.text.TextFiles;
import io.clusterzone.k8s.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Reads Corefiles in tests: from a text and a map of files, on a host with the interfaces `lo` and
/// `eth0`.
public final class Corefiles {
  public static final Map<String, String> ENVIRONMENT =
      Map.of("PORT", "1053", "ZONE", "example.org");

  static final ParseOptions OPTIONS =
      new ParseOptions(ParseOptions.DEFAULT_PORT, ENVIRONMENT, Corefiles::interfaceAddresses);

  /// Files that directives name, as they are to be.
  static final Map<String, String> NAMED =
      Map.of(
          "cert", resource("test-cert.pem"),
          "key", resource("test-key.pem"),
          "other", resource("other-key.pem"),
          "ca", resource("test-cert.pem"),
          "file", "kind: Config");

  private Corefiles() {}

  private static String resource(String name) {
    try (var in = Corefiles.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Corefile.Result parse(String text) {
    return parse(text, Map.of());
  }

  static Corefile.Result parse(String text, Map<String, String> files) {
    return read(text, files).result();
  }

  static CorefileReading read(String text, Map<String, String> files) {
    return CorefileParser.read(
        "Corefile", text, OPTIONS, new MapFiles(files), new Corefile(List.of()));
  }

  static Corefile valid(String text) {
    return valid(text, Map.of());
  }

  static Corefile valid(String text, Map<String, String> files) {
    return switch (parse(text, files)) {
      case Corefile.Valid(Corefile corefile) -> corefile;
      case Corefile.Invalid(List<Problem> problems) -> throw new AssertionError(problems);
    };
  }

  /// What a Corefile without errors is warned of.
  static List<String> warnings(String text) {
    CorefileReading reading = read(text, NAMED);
    assertThat(reading.result()).isInstanceOf(Corefile.Valid.class);
    return reading.warnings().stream().map(Problem::toString).toList();
  }

  /// The problems, one a line.
  static String problems(String text) {
    return problems(text, Map.of());
  }

  static String problems(String text, Map<String, String> files) {
    return switch (parse(text, files)) {
      case Corefile.Valid _ -> "";
      case Corefile.Invalid(List<Problem> problems) ->
          String.join("\n", problems.stream().map(Problem::toString).toList());
    };
  }

  /// The only directive of a block that has this line and what goes with it.
  static <D extends Directive> D directive(String lines, Class<D> kind) {
    return directive(lines, NAMED, kind);
  }

  static <D extends Directive> D directive(String lines, Map<String, String> files, Class<D> kind) {
    String text = "example.org {\n" + lines + "\n}\n";
    ServerBlock block = valid(text, files).blocks().getFirst();
    assertThat(block.directives()).hasSize(1);
    return kind.cast(block.directives().getFirst());
  }

  static List<InetAddress> interfaceAddresses(String name) {
    return switch (name) {
      case "lo" -> List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("::1"));
      case "eth0" -> List.of(InetAddress.ofLiteral("192.0.2.1"));
      default -> List.of();
    };
  }

  /// Files in memory; `*` stands for anything within a name.
  record MapFiles(Map<String, String> files) implements TextFiles {
    @Override
    public List<Path> find(Path pattern) throws IOException {
      String text = pattern.toString();
      if (text.indexOf('*') < 0 && !files.containsKey(text)) {
        throw new NoSuchFileException(text);
      }
      String regex = "\\Q" + text.replace("*", "\\E[^/]*\\Q") + "\\E";
      return new TreeMap<>(files)
          .keySet().stream().filter(name -> name.matches(regex)).map(Path::of).toList();
    }

    @Override
    public String read(Path file) throws IOException {
      String text = files.get(file.toString());
      if (text == null) {
        throw new NoSuchFileException(file.toString());
      }
      return text;
    }
  }
}
