package io.clusterzone.k8s.source;

import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.file.RegularFile;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One look at a path and all below it: which manifest files there are, without reading them.
///
/// Links are followed, as a mounted ConfigMap consists of them; one that leads back to a directory
/// above it is a problem and is not followed. A directory is visited once, by the first path that
/// leads to it: links among directories would make as many paths as there are ways through them.
/// Hidden files and directories are passed over: editors' temporary files, and the directories that
/// a ConfigMap's links lead to.
final class TreeScan {
  static final int MAX_DEPTH = 32;
  static final int MAX_PROBLEMS = 1_000;

  /// Told of what it takes to learn of later changes.
  interface Visitor {
    /// Called before the directory is listed.
    void directory(Path directory);

    /// Called with a link to a manifest file, before that file is looked at.
    default void link(Path link) {}
  }

  private final Path start;
  private final Visitor visitor;
  private final Map<Path, FileStamp> files = new HashMap<>();
  private final Set<Path> unreadable = new HashSet<>();
  private final Map<Path, Problem> problems = new HashMap<>();

  /// The directories between the root and the place at hand, by their identity.
  private final Deque<String> above = new ArrayDeque<>();

  /// All directories that were visited, by their identity.
  private final Set<String> visited = new HashSet<>();

  /// Whether a link to a directory was met.
  private boolean linked;

  private TreeScan(Path start, Visitor visitor) {
    this.start = start;
    this.visitor = visitor;
  }

  /// Looks at `start`, which is `root` or below it. That the root is not there is a problem; that
  /// another path is not, is not.
  static TreeScan of(Path start, Path root, Visitor visitor) {
    var scan = new TreeScan(start, visitor);
    boolean required = start.equals(root);
    if (!required) {
      scan.enter(root);
    }
    scan.visit(start, required, required);
    // A part does not show which of the linked directories are reached by another path.
    return scan.linked && !required ? of(root, root, visitor) : scan;
  }

  /// Notes the directories above the start.
  private void enter(Path root) {
    try {
      @Nullable Path up = start.getParent();
      for (; up != null && up.startsWith(root); up = up.getParent()) {
        above.addLast(key(up, Files.readAttributes(up, BasicFileAttributes.class)));
      }
    } catch (IOException _) {
      // Paths below cannot be looked at then either.
    }
  }

  /// The path below which all was looked at.
  Path start() {
    return start;
  }

  Map<Path, FileStamp> files() {
    return files;
  }

  /// Paths of which nothing is known: what was below them still counts.
  Set<Path> unreadable() {
    return unreadable;
  }

  /// The problems of directories, by path.
  Map<Path, Problem> problems() {
    return problems;
  }

  private void visit(Path path, boolean required, boolean anyEnding) {
    try {
      BasicFileAttributes attributes = attributes(path, anyEnding);
      if (attributes.isDirectory()) {
        directory(path, attributes);
      } else if (anyEnding || isManifest(path)) {
        file(path, attributes);
      }
    } catch (NoSuchFileException _) {
      if (required) {
        problem(path, "does not exist; what was read from it before is still served");
      }
    } catch (IOException | DirectoryIteratorException e) {
      problem(path, "cannot be read: " + RegularFile.reason(e));
    }
  }

  private BasicFileAttributes attributes(Path path, boolean anyEnding) throws IOException {
    BasicFileAttributes own =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!own.isSymbolicLink()) {
      return own;
    }
    if (anyEnding || isManifest(path)) {
      visitor.link(path);
    }
    BasicFileAttributes target = Files.readAttributes(path, BasicFileAttributes.class);
    linked |= target.isDirectory();
    return target;
  }

  private void directory(Path path, BasicFileAttributes attributes) throws IOException {
    String key = key(path, attributes);
    if (above.contains(key) || above.size() == MAX_DEPTH) {
      problem(
          path,
          above.contains(key)
              ? "links back to a directory above it; remove the link"
              : "is more than %d directories deep".formatted(MAX_DEPTH));
      return;
    }
    if (!visited.add(key)) {
      return;
    }
    if (visited.size() > Limit.MANIFEST_DIRECTORIES.value()) {
      tooMany("directories", Limit.MANIFEST_DIRECTORIES);
      return;
    }
    visitor.directory(path);
    @Nullable RenderedDirectory rendered = RenderedDirectory.of(path);
    if (rendered != null) {
      problems.put(path, rendered.passedOver(path));
      return;
    }
    above.push(key);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        if (!isHidden(entry)) {
          visit(entry, false, false);
        }
      }
    } finally {
      above.pop();
    }
  }

  private static String key(Path directory, BasicFileAttributes attributes) throws IOException {
    return Objects.toString(attributes.fileKey(), directory.toRealPath().toString());
  }

  /// Notes a file; one that is none is refused when it is read.
  private void file(Path path, BasicFileAttributes attributes) {
    if (files.size() < Limit.MANIFEST_FILES.value()) {
      files.put(path, FileStamp.of(attributes));
    } else {
      tooMany("files", Limit.MANIFEST_FILES);
    }
  }

  /// Paths that are not looked at then stay as they were.
  private void tooMany(String what, Limit limit) {
    put(start, "holds more than %,d %s; the rest is left out".formatted(limit.value(), what));
  }

  private void problem(Path path, String message) {
    if (problems.size() < MAX_PROBLEMS) {
      put(path, message);
    } else {
      put(start, "has more than %,d such problems; the rest is left out".formatted(MAX_PROBLEMS));
    }
  }

  private void put(Path path, String message) {
    unreadable.add(path);
    problems.put(path, new Problem(ProblemKind.FILE_UNREADABLE, path.toString(), 0, 0, message));
  }

  static boolean isHidden(Path path) {
    return nameOf(path).startsWith(".");
  }

  private static boolean isManifest(Path path) {
    String name = nameOf(path).toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }

  private static String nameOf(Path path) {
    return Objects.toString(path.getFileName(), "");
  }
}
