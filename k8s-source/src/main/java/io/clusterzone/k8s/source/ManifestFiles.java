package io.clusterzone.k8s.source;

import io.clusterzone.k8s.file.Limit;
import io.clusterzone.k8s.file.RegularFile;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.k8s.source.cluster.ManifestModel;
import io.clusterzone.k8s.source.cluster.ManifestModel.Change;
import io.clusterzone.k8s.source.object.ManifestOptions;
import io.clusterzone.k8s.source.object.ParsedFile;
import io.clusterzone.k8s.source.yaml.BrokenFileException;
import io.clusterzone.k8s.source.yaml.SharedValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The manifest files as they were last read, and their differences from the present ones. Confined
/// to the source's thread.
final class ManifestFiles {
  /// The least age of a file, when it is read, for its time to be trusted; in milliseconds.
  private static final long RACY_MILLIS = 1_000;

  private final List<Path> roots;
  private final boolean standardInput;
  private final ManifestOptions options;
  private final TreeScan.Visitor visitor;
  private final NavigableMap<Path, FileState> files = new TreeMap<>();
  private final PendingFiles pending = new PendingFiles();
  private final Map<Path, Problem> treeProblems = new TreeMap<>();
  private final EmptiedRoots emptied;

  /// Directories that were rendered, or were to be: that they are not read is no news.
  private final Set<Path> rendered = new HashSet<>();

  private final TakenFiles taken = new TakenFiles();

  /// The estimated memory of the files' contents, in octets.
  private long footprint;

  ManifestFiles(List<Path> roots, ManifestOptions options, TreeScan.Visitor visitor) {
    this.roots = roots.stream().filter(root -> !root.equals(StandardInput.PATH)).toList();
    this.standardInput = roots.contains(StandardInput.PATH);
    this.options = options;
    this.visitor = visitor;
    this.emptied = new EmptiedRoots(this.roots);
  }

  /// Reads everything, without waiting for files that are being written.
  List<Change> readAll() {
    roots.forEach(root -> examine(root, 0));
    List<Change> changes = new ArrayList<>();
    var shared = new SharedValues();
    pending.takeAll().forEach((path, stamp) -> accept(path, read(path, stamp, shared), changes));
    if (standardInput) {
      accept(StandardInput.PATH, once(StandardInput.NAME, StandardInput::open, shared), changes);
    }
    if (options.made().render()) {
      render(shared, changes);
    }
    return changes;
  }

  /// Renders each directory that another program renders. Once: that program may take its time and
  /// load from elsewhere, and runs only when asked for.
  private void render(SharedValues shared, List<Change> changes) {
    for (Path directory : treeProblems.keySet()) {
      @Nullable RenderedDirectory tool = RenderedDirectory.of(directory);
      if (tool != null && rendered.size() < Rendering.MOST_DIRECTORIES) {
        rendered.add(directory);
        List<String> command = tool.command(directory, options.made().namespace());
        // No path below a root: no look at files finds it gone.
        Path path = Path.of(String.join(" ", command));
        accept(path, rendered(directory, command, shared), changes);
      }
    }
  }

  private FileState rendered(Path directory, List<String> command, SharedValues shared) {
    long most = Limit.MANIFEST_OCTETS.value();
    try (Rendering rendering = Rendering.run(command, Rendering.LONGEST, most)) {
      return once(String.join(" ", command), rendering::open, shared);
    } catch (IOException e) {
      Problem problem =
          new Problem(
              ProblemKind.RENDERING, directory.toString(), 0, 0, "not rendered: " + e.getMessage());
      return new FileState(null, false, FileHash.NONE, ParsedFile.EMPTY.brokenBy(problem));
    }
  }

  /// Compares a path, and all below it, with what was read. Paths outside the roots are ignored.
  void examine(Path path, long nowNanos) {
    roots.stream()
        .filter(path::startsWith)
        .max(Comparator.comparingInt(Path::getNameCount))
        .ifPresent(root -> examine(path, root, nowNanos));
  }

  private void examine(Path path, Path root, long nowNanos) {
    if (!path.equals(root) && !Files.exists(root)) {
      // It went with its root, and then stays what it was.
      pending.same(path);
      return;
    }
    // A file that is known stands in no directory that another tool renders.
    Path from = files.containsKey(path) ? path : RenderedDirectory.topmost(root, path);
    TreeScan scan = TreeScan.of(from, root, visitor);
    Path start = scan.start();
    treeProblems.keySet().removeIf(known -> known.startsWith(start));
    treeProblems.putAll(scan.problems());
    scan.files().forEach((file, stamp) -> compare(file, stamp, nowNanos));
    if (!scan.files().containsKey(start)) {
      findGone(start, scan, nowNanos);
    }
  }

  private void findGone(Path start, TreeScan scan, long nowNanos) {
    for (Path file : PathsBelow.of(files, start)) {
      if (!scan.files().containsKey(file)
          && scan.unreadable().stream().noneMatch(file::startsWith)) {
        compare(file, FileStamp.ABSENT, nowNanos);
      }
    }
    for (Path file : pending.pathsBelow(start)) {
      if (!scan.files().containsKey(file) && !files.containsKey(file)) {
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

  /// Whether there are files to look at again soon; those of emptied roots have time.
  boolean hasPending() {
    return emptied.isFilling()
        || pending.paths().stream().anyMatch(path -> !emptied.holds(path, pending));
  }

  /// Looks again at the files that are not believed yet, and reads those that have settled. One
  /// that is written while it is read goes on waiting.
  List<Change> readSettled(long nowNanos) {
    pending.paths().forEach(path -> examine(path, nowNanos));
    emptied.look(files, pending, nowNanos);
    List<Change> changes = new ArrayList<>();
    var shared = new SharedValues();
    pending
        .take(path -> emptied.holds(path, pending), nowNanos)
        .forEach((path, stamp) -> {
          FileState after = read(path, stamp, shared);
          FileStamp now = FileStamp.of(path);
          if (now.equals(stamp)) {
            accept(path, after, changes);
          } else {
            pending.differs(path, now, nowNanos);
          }
        });
    return changes;
  }

  private void accept(Path path, FileState after, List<Change> changes) {
    FileState before = files.getOrDefault(path, FileState.NONE);
    if (after.equals(FileState.NONE)) {
      files.remove(path);
    } else {
      files.put(path, after);
    }
    footprint +=
        after.content().footprint(options.made()) - before.content().footprint(options.made());
    if (!before.content().equals(after.content())) {
      taken.add(path, before, after);
      changes.add(new Change(before.content(), after.content()));
    }
  }

  /// A file that is read once and never looked at again.
  private FileState once(String name, FileContent.Source source, SharedValues shared) {
    ParsedFile content;
    try {
      content = within(FileContent.parse(name, source, options, shared), ParsedFile.EMPTY);
    } catch (BrokenFileException e) {
      content = ParsedFile.EMPTY.brokenBy(e.in(name));
    } catch (IOException e) {
      String message = "cannot be read: " + RegularFile.reason(e);
      content =
          ParsedFile.EMPTY.brokenBy(new Problem(ProblemKind.FILE_UNREADABLE, name, 0, 0, message));
    }
    return new FileState(null, false, FileHash.NONE, content);
  }

  private FileState read(Path path, FileStamp stamp, SharedValues shared) {
    if (stamp.equals(FileStamp.ABSENT)) {
      return FileState.NONE;
    }
    FileState before = files.getOrDefault(path, FileState.NONE);
    long modifiedMillis = TimeUnit.NANOSECONDS.toMillis(stamp.modifiedNanos());
    boolean racy = System.currentTimeMillis() - modifiedMillis < RACY_MILLIS;
    try {
      FileHash hash = FileContent.hash(path);
      ParsedFile content =
          hash.equals(before.hash()) ? before.content() : parse(path, before.content(), shared);
      return new FileState(stamp, racy, hash, content);
    } catch (IOException e) {
      return new FileState(
          null,
          true,
          FileHash.NONE,
          broken(path, before, "cannot be read: " + RegularFile.reason(e)));
    } catch (RuntimeException | StackOverflowError e) {
      return new FileState(
          stamp, racy, FileHash.NONE, broken(path, before, "cannot be read: " + e));
    }
  }

  private ParsedFile parse(Path path, ParsedFile before, SharedValues shared) throws IOException {
    try {
      ParsedFile after = within(FileContent.parse(path, options, shared), before);
      return after.sharing(before).keepingLastGoodOf(before);
    } catch (BrokenFileException e) {
      return before.brokenBy(e.in(path.toString()));
    }
  }

  /// The new version, if it fits into memory beside the other files.
  private ParsedFile within(ParsedFile after, ParsedFile before) throws BrokenFileException {
    long most = Limit.MANIFEST_MEMORY.value();
    if (footprint - before.footprint(options.made()) + after.footprint(options.made()) > most) {
      throw BrokenFileException.tooLarge(
          0,
          0,
          "with it the objects of all files take more than %,d octets of memory".formatted(most));
    }
    return after;
  }

  private static ParsedFile broken(Path path, FileState before, String message) {
    return before
        .content()
        .brokenBy(new Problem(ProblemKind.FILE_UNREADABLE, path.toString(), 0, 0, message));
  }

  /// The files whose new versions were taken, from [TakenFiles#take].
  List<String> taken(int objects) {
    return taken.take(objects);
  }

  /// The files read, in a few words.
  String summary() {
    int passedOver = files.values().stream().mapToInt(file -> file.content().passedOver()).sum();
    return "%d object%s in %d file%s; %d of other kinds passed over"
        .formatted(
            objects(), objects() == 1 ? "" : "s", count(), count() == 1 ? "" : "s", passedOver);
  }

  int objects() {
    return files.values().stream().mapToInt(file -> file.content().manifests().size()).sum();
  }

  int count() {
    return files.size();
  }

  /// All problems, in the order of their places.
  List<Problem> problems(ManifestModel model) {
    List<Problem> problems = new ArrayList<>();
    treeProblems.forEach((path, problem) -> {
      if (!rendered.contains(path)) {
        problems.add(problem);
      }
    });
    problems.addAll(emptied.problems());
    files.values().forEach(file -> problems.addAll(file.content().problems()));
    model.addProblems(problems);
    model.addMissing(problems);
    problems.sort(Problem.BY_PLACE);
    return List.copyOf(problems);
  }
}
