import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Lays the native libraries that archives of the image hold for this processor beside those of the
/// runtime, where it looks first: out of an archive one is loaded by way of a temporary directory,
/// and a container may have none that can be written. The build calls it with the directory of the
/// image.
final class ExtractNatives {
  private static final String DIRECTORY = "META-INF/native/";

  /// The processor's name in those of the libraries.
  private static final Map<String, String> PROCESSORS =
      Map.of("amd64", "_x86_64.so", "aarch64", "_aarch_64.so");

  private ExtractNatives() {}

  public static void main(String[] args) throws IOException {
    Path image = Path.of(args[0]);
    String ending = PROCESSORS.get(System.getProperty("os.arch"));
    if (ending == null || !System.getProperty("os.name").equals("Linux")) {
      return;
    }
    List<Path> archives;
    try (var lib = Files.list(image.resolve("lib"))) {
      archives = lib.filter(file -> file.toString().endsWith(".jar")).toList();
    }
    for (Path archive : archives) {
      extract(archive, ending, image.resolve("runtime/lib"));
    }
  }

  private static void extract(Path archive, String ending, Path to) throws IOException {
    try (var zip = new ZipFile(archive.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        String name = entry.getName();
        if (name.startsWith(DIRECTORY) && name.endsWith(ending)) {
          try (var in = zip.getInputStream(entry)) {
            Path file = to.resolve(name.substring(DIRECTORY.length()));
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
    }
  }
}
