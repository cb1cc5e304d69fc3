package io.clusterzone.k8s.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Ports that a test may listen on later.
///
/// The kernel gives none of them to whoever asks for any port, or connects: they are below the
/// range that it takes those from. A lock on a file, held as long as the process lives, keeps other
/// tests off, and no port is given twice.
public final class FreePorts {
  private static final int FIRST = 11_000;
  private static final int COUNT = 8_000;

  private static final List<FileChannel> LOCKED = new ArrayList<>();
  private static int next = new Random().nextInt(COUNT);

  private FreePorts() {}

  /// A port that nobody has, over TCP and UDP, at any address of this host.
  public static synchronized int next() {
    for (int i = 0; i < COUNT; i++) {
      next = (next + 1) % COUNT;
      int port = FIRST + next;
      if (isFree(port) && lock(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no port is free");
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port);
        var _ = new DatagramSocket(port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean lock(int port) {
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "clusterzone-test-port-" + port);
    try {
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        return false;
      }
      file.toFile().deleteOnExit();
      LOCKED.add(channel);
      return true;
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
  }
}
