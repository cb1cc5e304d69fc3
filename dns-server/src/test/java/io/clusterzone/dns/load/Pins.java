package io.clusterzone.dns.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Which processor a process may use: the measured one has the first, all else the last.
final class Pins {
  private static final Path TASKSET = Path.of("/usr/bin/taskset");
  private static final int LAST = Runtime.getRuntime().availableProcessors() - 1;

  private Pins() {}

  /// Nothing where there is no `taskset`, or one processor.
  static List<String> first() {
    return on(0);
  }

  static List<String> last() {
    return on(LAST);
  }

  /// Moves this process, all its threads, to the last.
  static void moveThisProcess() throws IOException, InterruptedException {
    if (!last().isEmpty()) {
      String pid = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder(TASKSET.toString(), "-a", "-c", "-p", Integer.toString(LAST), pid)
          .redirectErrorStream(true)
          .start()
          .waitFor();
    }
  }

  private static List<String> on(int processor) {
    return LAST > 0 && Files.exists(TASKSET)
        ? List.of(TASKSET.toString(), "-c", Integer.toString(processor))
        : List.of();
  }
}
