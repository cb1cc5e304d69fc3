import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Lays out the root directory of a container: the C library that the Java runtime is linked to and
/// the shell that the launcher is written for, as this host has them, and the two names by which
/// the server is started. The build calls it with the directory of the root.
///
/// Where the host is no Linux with the GNU C library, or lacks one of the files, nothing is laid
/// out: the root directory is empty then, and the build says so.
final class ContainerFiles {
  private static final List<String> LIBRARIES =
      List.of("libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1");

  private static final Map<String, String> LOADERS =
      Map.of(
          "amd64", "/lib64/ld-linux-x86-64.so.2",
          "aarch64", "/lib/ld-linux-aarch64.so.1");

  private static final Map<String, String> PROGRAMS =
      Map.of("/bin/sh", "bin/sh", "/bin/sleep", "bin/sleep");

  /// The packages whose licences go along.
  private static final List<String> PACKAGES = List.of("libc6", "dash", "coreutils");

  private static final String START =
      """
      #!/bin/sh
      exec /opt/clusterzone/bin/clusterzone "$@"
      """;

  private final Path root;

  private ContainerFiles(Path root) {
    this.root = root;
  }

  public static void main(String[] args) throws IOException {
    var files = new ContainerFiles(Path.of(args[0]));
    files.clear();
    String missing = files.missing();
    if (missing.isEmpty()) {
      files.lay();
    } else {
      System.out.println("no container can be made on this host: it has no " + missing);
    }
  }

  /// The file that this host lacks; empty if it has all.
  private String missing() {
    Path loader = loader();
    if (loader == null) {
      return "GNU C library for " + System.getProperty("os.arch");
    }
    return Stream.concat(
            PROGRAMS.keySet().stream().map(Path::of),
            LIBRARIES.stream().map(library -> libraries(loader).resolve(library)))
        .filter(file -> !Files.exists(file))
        .map(Path::toString)
        .findFirst()
        .orElse("");
  }

  /// The dynamic loader that programs of this architecture name; null if it is not there.
  private static Path loader() {
    String named = LOADERS.get(System.getProperty("os.arch"));
    return named != null && Files.exists(Path.of(named)) ? Path.of(named) : null;
  }

  /// The directory of the C library: the one that the loader really is in.
  private static Path libraries(Path loader) {
    try {
      return loader.toRealPath().getParent();
    } catch (IOException e) {
      return loader.getParent();
    }
  }

  private void lay() throws IOException {
    Path loader = loader();
    Path libraries = libraries(loader);
    copy(loader, root.resolve(loader.toString().substring(1)));
    for (String library : LIBRARIES) {
      copy(libraries.resolve(library), root.resolve(libraries.toString().substring(1), library));
    }
    for (var program : PROGRAMS.entrySet()) {
      copy(Path.of(program.getKey()), root.resolve(program.getValue()));
    }
    for (String name : PACKAGES) {
      Path licence = Path.of("/usr/share/doc", name, "copyright");
      if (Files.exists(licence)) {
        copy(licence, root.resolve(licence.toString().substring(1)));
      }
    }
    write("clusterzone", START, "rwxr-xr-x");
    write("coredns", START, "rwxr-xr-x");
    write("etc/passwd", "clusterzone:x:65532:65532:Clusterzone:/:/bin/sh\n", "rw-r--r--");
    write("etc/group", "clusterzone:x:65532:\n", "rw-r--r--");
    write("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n", "rw-r--r--");
    Files.createDirectories(root.resolve("etc/coredns"));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Files.copy(from.toRealPath(), to, StandardCopyOption.REPLACE_EXISTING);
  }

  private void write(String name, String text, String permissions) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private void clear() throws IOException {
    if (Files.exists(root)) {
      try (var files = Files.walk(root)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(root);
  }
}
