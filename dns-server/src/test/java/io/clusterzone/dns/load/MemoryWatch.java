package io.clusterzone.dns.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Looks at the memory of a server a hundred times a second; limits it if it may.
final class MemoryWatch implements AutoCloseable {
  private static final String LIMIT = "memory.limit_in_bytes";

  private final @Nullable ControlGroup group;
  private volatile boolean closed;
  private volatile long highestOctets;
  private @Nullable ProcessFigures server;

  private MemoryWatch(@Nullable ControlGroup group) {
    this.group = group;
  }

  static MemoryWatch start(int mebibytes) throws IOException {
    boolean limited = mebibytes > 0 && ControlGroup.isAvailable("memory", LIMIT);
    if (mebibytes > 0 && !limited) {
      System.out.println("no memory cgroup can be made here: the limit is -XX:MaxRAM alone");
    }
    var watch = new MemoryWatch(limited ? limitedTo(mebibytes) : null);
    Thread.ofPlatform().name("memory").daemon().start(watch::run);
    return watch;
  }

  private static ControlGroup limitedTo(int mebibytes) throws IOException {
    var group = ControlGroup.make("memory");
    group.set(LIMIT, mebibytes + "M");
    return group;
  }

  List<String> enter() {
    return group == null ? List.of() : group.enter();
  }

  void watch(ProcessFigures figures) {
    server = figures;
    highestOctets = 0;
  }

  /// Now, and the most since the last call.
  String report() throws IOException {
    if (server == null) {
      throw new IllegalStateException("no server");
    }
    long highest = highestOctets;
    highestOctets = 0;
    String text =
        "resident %d MB, the most ever %d MB"
            .formatted(server.residentBytes() >> 20, server.peakBytes() >> 20);
    return group == null
        ? text
        : text
            + "; group %d MB without page cache, at most %d MB since the last line, %d MB with it"
                .formatted(residentOctets(group) >> 20, highest >> 20, peakOctets(group) >> 20);
  }

  private void run() {
    try {
      while (!closed && group != null) {
        highestOctets = Math.max(highestOctets, residentOctets(group));
        LockSupport.parkNanos(10_000_000);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Octets of the group's processes, the page cache left out.
  private static long residentOctets(ControlGroup group) throws IOException {
    return group.lines("memory.stat").stream()
        .filter(line -> line.startsWith("total_rss ") || line.startsWith("total_mapped_file "))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
        .sum();
  }

  /// The most the group had, the page cache included.
  private static long peakOctets(ControlGroup group) throws IOException {
    return Long.parseLong(group.lines("memory.max_usage_in_bytes").getFirst());
  }

  @Override
  public void close() throws IOException {
    closed = true;
    if (group != null) {
      group.close();
    }
  }
}
