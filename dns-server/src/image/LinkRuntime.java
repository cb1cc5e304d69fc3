import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;

/// Links the Java runtime of the image out of the JDK that runs this program. The build calls it
/// with the directory of the runtime and its modules.
///
/// Linking takes seconds, so a runtime that came from the same JDK and the same modules is kept.
final class LinkRuntime {
  private LinkRuntime() {}

  public static void main(String[] args) throws IOException {
    Path runtime = Path.of(args[0]);
    List<String> options = options(args[1]);
    String origin =
        System.getProperty("java.vm.vendor") + " " + Runtime.version() + "\n" + options;
    Path stamp = runtime.resolve("linked-from");
    if (Files.exists(stamp) && Files.readString(stamp).equals(origin)) {
      return;
    }
    delete(runtime);
    link(runtime, options);
    Files.writeString(stamp, origin);
  }

  /// Compressed modules take less of the page cache, and are hardly read beside an AOT cache.
  private static List<String> options(String modules) {
    return List.of(
        "--add-modules",
        modules,
        "--strip-debug",
        "--compress",
        "zip-6",
        "--no-header-files",
        "--no-man-pages");
  }

  private static void link(Path runtime, List<String> options) {
    ToolProvider jlink = ToolProvider.findFirst("jlink").orElseThrow();
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(List.of("--output", runtime.toString()));
    int code = jlink.run(System.out, System.err, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException("jlink ended with " + code + " for " + arguments);
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (var paths = Files.walk(tree)) {
      paths.sorted(Comparator.reverseOrder()).forEach(LinkRuntime::deleteOne);
    }
  }

  private static void deleteOne(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
