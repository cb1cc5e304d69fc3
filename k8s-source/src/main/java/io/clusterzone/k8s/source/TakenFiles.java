package io.clusterzone.k8s.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The files with new versions taken since the last question, as log lines. Confined to the
/// source's thread.
final class TakenFiles {
  /// The most files that are named.
  static final int NAMED = 10;

  private final List<String> named = new ArrayList<>();
  private int count;

  void add(Path file, FileState before, FileState after) {
    count++;
    if (named.size() < NAMED) {
      String how =
          before.equals(FileState.NONE)
              ? "added"
              : after.equals(FileState.NONE) ? "removed" : "changed";
      named.add(file + " " + how);
    }
  }

  /// A line for each of the first files, and one for the others, if there are; the last one says
  /// how many objects came, went or changed with all of them. Begins anew.
  List<String> take(int objects) {
    List<String> lines = new ArrayList<>(named);
    String total = "%d object%s".formatted(objects, objects == 1 ? "" : "s");
    if (count == 1) {
      lines.set(0, named.getFirst() + ": " + total);
    } else if (count > 1) {
      String more = count > NAMED ? " (%d more than are named)".formatted(count - NAMED) : "";
      lines.add("%d files taken%s: %s".formatted(count, more, total));
    }
    named.clear();
    count = 0;
    return lines;
  }
}
