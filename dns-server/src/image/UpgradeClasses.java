import static java.lang.classfile.ClassTransform.transformingMethodBodies;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Gives classes of the image that were compiled for Java 5 the stack maps that later class files
/// have (JVMS section 4.7.4): without them a class cannot be in the AOT cache, and is parsed and
/// verified at each start. The build calls it with the directory of the image, before the cache is
/// made. Names and code stay as they are.
///
/// All archives get one time of change: the cache fits archives with the times that it was made
/// from alone, and in a container files have a fixed one.
final class UpgradeClasses {
  /// The first version whose classes the cache takes, and the one that is given.
  private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;

  private static final int UPGRADED = ClassFile.JAVA_8_VERSION;
  private static final int VERSION_OFFSET = 6;

  /// As in the configuration of the container.
  private static final FileTime TIME = FileTime.from(Instant.parse("1980-01-01T00:00:00Z"));

  private final ClassFile files;

  private UpgradeClasses(ClassLoader archive) {
    var hierarchy =
        ClassHierarchyResolver.ofResourceParsing(archive)
            .orElse(ClassHierarchyResolver.defaultResolver());
    this.files =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(hierarchy));
  }

  public static void main(String[] args) throws IOException {
    List<Path> archives;
    try (var lib = Files.list(Path.of(args[0], "lib"))) {
      archives = lib.filter(file -> file.toString().endsWith(".jar")).toList();
    }
    for (Path archive : archives) {
      if (hasOldClasses(archive)) {
        upgrade(archive);
      }
      Files.setLastModifiedTime(archive, TIME);
    }
  }

  private static boolean hasOldClasses(Path archive) throws IOException {
    try (var in = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (isOldClass(entry, in.readNBytes(VERSION_OFFSET + 2))) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean isOldClass(ZipEntry entry, byte[] octets) {
    return entry.getName().endsWith(".class")
        && (octets[VERSION_OFFSET] << 8 | octets[VERSION_OFFSET + 1]) < FIRST_WITH_STACK_MAPS;
  }

  private static void upgrade(Path archive) throws IOException {
    Path upgraded = archive.resolveSibling(archive.getFileName() + ".new");
    URI uri = archive.toUri();
    try (var loader = new URLClassLoader(new URL[] {uri.toURL()}, null);
        InputStream in = Files.newInputStream(archive);
        OutputStream out = Files.newOutputStream(upgraded)) {
      new UpgradeClasses(loader).copy(new ZipInputStream(in), new ZipOutputStream(out));
    }
    Files.move(upgraded, archive, StandardCopyOption.REPLACE_EXISTING);
  }

  private void copy(ZipInputStream in, ZipOutputStream out) throws IOException {
    for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
      var copy = new ZipEntry(entry.getName());
      copy.setTimeLocal(entry.getTimeLocal());
      out.putNextEntry(copy);
      byte[] octets = in.readAllBytes();
      out.write(isOldClass(entry, octets) ? upgraded(octets) : octets);
    }
    out.finish();
  }

  private byte[] upgraded(byte[] octets) {
    ClassModel old = files.parse(octets);
    ClassTransform version =
        ClassTransform.dropping(ClassFileVersion.class::isInstance)
            .andThen(ClassTransform.endHandler(builder -> builder.withVersion(UPGRADED, 0)));
    return files.transformClass(
        old, version.andThen(transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
  }
}
