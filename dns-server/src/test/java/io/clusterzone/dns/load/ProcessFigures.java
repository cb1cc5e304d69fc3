package io.clusterzone.dns.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Linux's counts of a process, from its directory in `/proc`.
///
/// @param directory `/proc/PID`
record ProcessFigures(Path directory) {
  /// Linux reports times in hundredths of a second, whatever its timer does.
  private static final long NANOS_PER_TICK = 10_000_000;

  private static final int UTIME = 11;
  private static final int STIME = 12;

  static ProcessFigures of(long pid) {
    return new ProcessFigures(Path.of("/proc/" + pid));
  }

  /// Time on processors, of user and system, in nanoseconds.
  long cpuNanos() throws IOException {
    String stat = Files.readString(directory.resolve("stat"));
    String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(words[UTIME]) + Long.parseLong(words[STIME])) * NANOS_PER_TICK;
  }

  long residentBytes() throws IOException {
    return status("VmRSS:") * 1024;
  }

  /// The most that was resident since the last reset.
  long peakBytes() throws IOException {
    return status("VmHWM:") * 1024;
  }

  void resetPeak() throws IOException {
    Files.writeString(directory.resolve("clear_refs"), "5");
  }

  int threads() throws IOException {
    return (int) status("Threads:");
  }

  int descriptors() throws IOException {
    try (Stream<Path> open = Files.list(directory.resolve("fd"))) {
      return (int) open.count();
    }
  }

  private long status(String field) throws IOException {
    return Files.readAllLines(directory.resolve("status")).stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.split("\\s+", -1)[1]))
        .findFirst()
        .orElseThrow(() -> new IOException(directory + " has no " + field));
  }
}
