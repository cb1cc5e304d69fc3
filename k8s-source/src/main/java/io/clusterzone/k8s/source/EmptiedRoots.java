package io.clusterzone.k8s.source;

import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Roots that have lost all files at once, as while a checkout replaces them. Confined to the
/// source's thread.
///
/// The content of such a root is served for [#GRACE] more, and until no more files have come back
/// for [#QUIET] once there are some: files that are back by then have never been gone. A root that
/// is not there at all is held for as long as it is away.
final class EmptiedRoots {
  static final Duration GRACE = Duration.ofSeconds(30);
  static final Duration QUIET = Duration.ofSeconds(1);

  /// The state of a held root: the number of files gone, and of files yet to be read.
  private record Held(long sinceNanos, long changedNanos, int gone, int coming) {}

  private final List<Path> roots;
  private final Map<Path, Held> held = new TreeMap<>();

  EmptiedRoots(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  /// Looks which roots have been emptied, and which need not be held any longer.
  void look(NavigableMap<Path, FileState> files, PendingFiles pending, long nowNanos) {
    for (Path root : roots) {
      Held before = held.get(root);
      if (before != null) {
        lookAgain(root, before, files, pending, nowNanos);
      } else if (isEmptied(root, files, pending, nowNanos)) {
        held.put(root, look(root, pending, nowNanos));
      }
    }
  }

  private static Held look(Path root, PendingFiles pending, long nowNanos) {
    List<Path> paths = pending.pathsBelow(root);
    int gone = (int) paths.stream().filter(pending::isGone).count();
    return new Held(nowNanos, nowNanos, gone, paths.size() - gone);
  }

  private void lookAgain(
      Path root,
      Held before,
      NavigableMap<Path, FileState> files,
      PendingFiles pending,
      long nowNanos) {
    Held now = look(root, pending, nowNanos);
    boolean same = before.gone == now.gone && before.coming == now.coming;
    long changed = same ? before.changedNanos : nowNanos;
    boolean some = now.coming > 0 || PathsBelow.of(files, root).size() > now.gone;
    if (now.gone == 0
        || nowNanos - before.sinceNanos > GRACE.toNanos()
        || (some && nowNanos - changed > QUIET.toNanos())) {
      held.remove(root);
    } else {
      held.put(root, new Held(before.sinceNanos, changed, now.gone, now.coming));
    }
  }

  /// Whether all known files of a root look gone, not yet for too long, and it has no others.
  private static boolean isEmptied(
      Path root, NavigableMap<Path, FileState> files, PendingFiles pending, long nowNanos) {
    boolean any = false;
    for (Path file : PathsBelow.of(files, root)) {
      if (!pending.isGone(file) || nowNanos - pending.sinceNanos(file) > GRACE.toNanos()) {
        return false;
      }
      any = true;
    }
    return any && pending.pathsBelow(root).stream().allMatch(pending::isGone);
  }

  /// Whether a file is to be served although it looks gone.
  boolean holds(Path file, PendingFiles pending) {
    return !held.isEmpty()
        && pending.isGone(file)
        && held.keySet().stream().anyMatch(file::startsWith);
  }

  /// Whether files come back to one of them: it is to be looked at soon.
  boolean isFilling() {
    return held.values().stream().anyMatch(root -> root.changedNanos != root.sinceNanos);
  }

  /// A line for each root that is held.
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    for (Path root : held.keySet()) {
      String message =
          "has lost all of its files; what was read from them is served for %d s more"
              .formatted(GRACE.toSeconds());
      problems.add(new Problem(ProblemKind.ROOT_EMPTIED, root.toString(), 0, 0, message));
    }
    return problems;
  }
}
