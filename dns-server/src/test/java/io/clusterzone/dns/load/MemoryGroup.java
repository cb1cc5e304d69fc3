package io.clusterzone.dns.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A memory cgroup (version 1) of its own, where this process may make one: what is started in it
/// is limited as in a container.
final class MemoryGroup implements AutoCloseable {
  private static final Path ROOT = Path.of("/sys/fs/cgroup/memory");

  private final Path directory;

  MemoryGroup(int mebibytes) throws IOException {
    directory = ROOT.resolve("clusterzone-bench-" + ProcessHandle.current().pid());
    Files.createDirectory(directory);
    Files.writeString(directory.resolve("memory.limit_in_bytes"), mebibytes + "M");
  }

  static boolean isAvailable() {
    return Files.isWritable(ROOT) && Files.exists(ROOT.resolve("memory.limit_in_bytes"));
  }

  /// A command that runs another one in the group.
  List<String> enter() {
    return List.of("sh", "-c", "echo $$ > " + directory + "/cgroup.procs; exec \"$@\"", "sh");
  }

  /// Octets of the group's processes, the page cache left out.
  long residentOctets() throws IOException {
    return Files.readAllLines(directory.resolve("memory.stat")).stream()
        .filter(line -> line.startsWith("total_rss ") || line.startsWith("total_mapped_file "))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
        .sum();
  }

  /// The most the group had, the page cache included.
  long peakOctets() throws IOException {
    return Long.parseLong(Files.readString(directory.resolve("memory.max_usage_in_bytes")).strip());
  }

  @Override
  public void close() throws IOException {
    Files.delete(directory);
  }
}
