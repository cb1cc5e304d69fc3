package io.clusterzone.k8s.source;

import io.clusterzone.k8s.source.ManifestModel.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The manifest files as they were last read, and how they differ from what is there now. Confined
/// to the source's thread.
final class ManifestFiles {
  /// How long before it is read a file must have been written for its time to be trusted.
  private static final long RACY_MILLIS = 1_000;

  private final List<Path> roots;
  private final ManifestOptions options;
  private final Consumer<Path> onDirectory;
  private final Map<Path, FileState> files = new TreeMap<>();
  private final PendingFiles pending = new PendingFiles();
  private final Map<Path, Problem> treeProblems = new TreeMap<>();

  /// `onDirectory` is told of each directory that is about to be listed.
  ManifestFiles(List<Path> roots, ManifestOptions options, Consumer<Path> onDirectory) {
    this.roots = List.copyOf(roots);
    this.options = options;
    this.onDirectory = onDirectory;
  }

  /// Reads everything, without waiting for files that are being written.
  List<Change> readAll() {
    roots.forEach(root -> examine(root, 0));
    return read(pending.takeAll());
  }

  /// Compares a path, and all below it, with what was read. Paths outside the roots are ignored.
  void examine(Path path, long nowNanos) {
    if (roots.stream().noneMatch(path::startsWith)) {
      return;
    }
    TreeScan scan = TreeScan.of(path, roots.contains(path), onDirectory);
    treeProblems.keySet().removeIf(known -> known.startsWith(path));
    treeProblems.putAll(scan.problems());
    scan.files().forEach((file, stamp) -> compare(file, stamp, nowNanos));
    if (!scan.files().containsKey(path)) {
      findGone(path, scan, nowNanos);
    }
  }

  private void findGone(Path start, TreeScan scan, long nowNanos) {
    for (Path file : files.keySet()) {
      if (file.startsWith(start)
          && !scan.files().containsKey(file)
          && scan.unreadable().stream().noneMatch(file::startsWith)) {
        compare(file, FileStamp.ABSENT, nowNanos);
      }
    }
    for (Path file : pending.paths()) {
      if (file.startsWith(start) && !scan.files().containsKey(file) && !files.containsKey(file)) {
        pending.same(file);
      }
    }
  }

  private void compare(Path file, FileStamp stamp, long nowNanos) {
    if (files.getOrDefault(file, FileState.NONE).isCurrent(stamp)) {
      pending.same(file);
    } else {
      pending.differs(file, stamp, nowNanos);
    }
  }

  boolean hasPending() {
    return !pending.isEmpty();
  }

  /// Looks again at the files that are not believed yet, and reads those that have settled.
  List<Change> readSettled(long nowNanos) {
    pending.paths().forEach(path -> examine(path, nowNanos));
    return read(pending.take(nowNanos));
  }

  private List<Change> read(Map<Path, FileStamp> settled) {
    List<Change> changes = new ArrayList<>();
    settled.forEach((path, stamp) -> {
      FileState before = files.getOrDefault(path, FileState.NONE);
      FileState after = stamp.equals(FileStamp.ABSENT) ? FileState.NONE : read(path, before);
      if (after.equals(FileState.NONE)) {
        files.remove(path);
      } else {
        files.put(path, after);
      }
      if (!before.content().equals(after.content())) {
        changes.add(new Change(before.content(), after.content()));
      }
    });
    return changes;
  }

  private FileState read(Path path, FileState before) {
    @Nullable FileStamp stamp = null;
    String hash = "";
    try {
      stamp = FileStamp.of(Files.readAttributes(path, BasicFileAttributes.class));
      boolean racy = System.currentTimeMillis() - stamp.modified().toMillis() < RACY_MILLIS;
      if (stamp.size() > FileContent.MAX_BYTES) {
        throw new BrokenFileException(
            0, 0, "larger than %d MiB; split it".formatted(FileContent.MAX_BYTES >> 20));
      }
      hash = FileContent.hash(path);
      if (hash.equals(before.hash())) {
        return new FileState(stamp, racy, hash, before.content());
      }
      ParsedFile parsed = FileContent.parse(path, options);
      return new FileState(stamp, racy, hash, parsed.keepingLastGoodOf(before.content()));
    } catch (NoSuchFileException _) {
      // It is gone again: the next look sees that.
      return new FileState(null, true, before.hash(), before.content());
    } catch (BrokenFileException e) {
      return new FileState(stamp, true, hash, before.content().brokenBy(e.in(path.toString())));
    } catch (IOException e) {
      return unreadable(path, before, TreeScan.reason(e));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return unreadable(path, before, e.toString());
    }
  }

  private static FileState unreadable(Path path, FileState before, String reason) {
    var problem = new Problem(path.toString(), 0, 0, "cannot be read: " + reason);
    return new FileState(null, true, "", before.content().brokenBy(problem));
  }

  /// All problems, in the order of their places.
  List<Problem> problems(ManifestModel model) {
    List<Problem> problems = new ArrayList<>(treeProblems.values());
    files.values().forEach(file -> problems.addAll(file.content().problems()));
    model.addProblems(problems);
    problems.sort(Problem.BY_PLACE);
    return List.copyOf(problems);
  }
}
