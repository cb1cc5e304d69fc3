package io.clusterzone.dns.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Looks at the memory of a server a hundred times a second; limits it if it may.
final class MemoryWatch implements AutoCloseable {
  private final @Nullable MemoryGroup group;
  private volatile boolean closed;
  private volatile long highestOctets;
  private @Nullable ProcessFigures server;

  private MemoryWatch(@Nullable MemoryGroup group) {
    this.group = group;
  }

  static MemoryWatch start(int mebibytes) throws IOException {
    boolean limited = mebibytes > 0 && MemoryGroup.isAvailable();
    if (mebibytes > 0 && !limited) {
      System.out.println("no memory cgroup can be made here: the limit is -XX:MaxRAM alone");
    }
    var watch = new MemoryWatch(limited ? new MemoryGroup(mebibytes) : null);
    Thread.ofPlatform().name("memory").daemon().start(watch::run);
    return watch;
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
                .formatted(group.residentOctets() >> 20, highest >> 20, group.peakOctets() >> 20);
  }

  private void run() {
    try {
      while (!closed && group != null) {
        highestOctets = Math.max(highestOctets, group.residentOctets());
        LockSupport.parkNanos(10_000_000);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    if (group != null) {
      group.close();
    }
  }
}
