package io.clusterzone.k8s.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Files that look changed but are not believed yet: someone may be writing them. Confined to the
/// source's thread.
///
/// A file is believed once it has looked the same for a while, and all of them together as one
/// change; but one that is written on and on does not hold up the others for long.
final class PendingFiles {
  static final Duration SETTLE = Duration.ofMillis(150);

  /// For a file that is empty or gone: often an editor's first step.
  static final Duration SETTLE_GONE = Duration.ofMillis(400);

  static final Duration MAX_WAIT = Duration.ofMillis(700);

  private record Pending(FileStamp stamp, long sinceNanos, long firstNanos) {
    boolean isSettled(long nowNanos) {
      Duration settle = stamp.size() <= 0 ? SETTLE_GONE : SETTLE;
      return nowNanos - sinceNanos >= settle.toNanos();
    }
  }

  private final NavigableMap<Path, Pending> files = new TreeMap<>();

  /// Whether the file looks as if it were gone.
  boolean isGone(Path path) {
    @Nullable Pending pending = files.get(path);
    return pending != null && pending.stamp.equals(FileStamp.ABSENT);
  }

  Set<Path> paths() {
    return Set.copyOf(files.keySet());
  }

  /// Since when it has looked as it does; the file is one of these.
  long sinceNanos(Path path) {
    @Nullable Pending pending = files.get(path);
    return pending == null ? Long.MAX_VALUE : pending.sinceNanos;
  }

  List<Path> pathsBelow(Path start) {
    return PathsBelow.of(files, start);
  }

  /// The file looks like this now, unlike when it was last read.
  void differs(Path path, FileStamp stamp, long nowNanos) {
    @Nullable Pending known = files.get(path);
    if (known == null) {
      files.put(path, new Pending(stamp, nowNanos, nowNanos));
    } else if (!known.stamp.equals(stamp)) {
      files.put(path, new Pending(stamp, nowNanos, known.firstNanos));
    }
  }

  /// The file looks as it did when it was last read.
  void same(Path path) {
    files.remove(path);
  }

  /// Takes the files to be believed now, and how they look; none as long as waiting may help.
  ///
  /// @param held the paths that are to wait on
  Map<Path, FileStamp> take(Predicate<Path> held, long nowNanos) {
    Map<Path, FileStamp> taken = new LinkedHashMap<>();
    boolean waiting = false;
    boolean overdue = false;
    for (Map.Entry<Path, Pending> file : files.entrySet()) {
      Pending pending = file.getValue();
      if (held.test(file.getKey())) {
        continue;
      }
      overdue |= nowNanos - pending.firstNanos >= MAX_WAIT.toNanos();
      if (pending.isSettled(nowNanos)) {
        taken.put(file.getKey(), pending.stamp);
      } else {
        waiting = true;
      }
    }
    if (waiting && !overdue) {
      return Map.of();
    }
    files.keySet().removeAll(taken.keySet());
    return taken;
  }

  /// Takes all files as they look now.
  Map<Path, FileStamp> takeAll() {
    Map<Path, FileStamp> taken = new LinkedHashMap<>();
    files.forEach((path, pending) -> taken.put(path, pending.stamp));
    files.clear();
    return taken;
  }
}
