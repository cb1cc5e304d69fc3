package io.clusterzone.k8s.file;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.NullMarked;

/// The odd things in the place of a file, and the message for each.
@NullMarked
public enum OddFile {
  DIRECTORY("it is a directory; only regular files are read"),
  FIFO("it is a FIFO; only regular files are read"),
  LINK_TO_FIFO("it is a FIFO; only regular files are read"),
  SOCKET("it is a socket; only regular files are read"),
  DEVICE("it is a device; only regular files are read"),
  KERNEL("it is one of the kernel (proc); only regular files are read"),
  LARGE(" octets, and at most ");

  private final String reason;

  OddFile(String reason) {
    this.reason = reason;
  }

  /// A part of the message, without the name of the file.
  public String reason() {
    return reason;
  }

  /// Puts one at a path where there is nothing.
  public void put(Path path) throws IOException, InterruptedException {
    switch (this) {
      case DIRECTORY -> Files.createDirectory(path);
      case FIFO -> fifo(path);
      case LINK_TO_FIFO -> {
        Path fifo = path.resolveSibling(".fifo-behind-" + path.getFileName());
        fifo(fifo);
        Files.createSymbolicLink(path, fifo);
      }
      case SOCKET -> {
        try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
          socket.bind(UnixDomainSocketAddress.of(path));
        }
      }
      case DEVICE -> Files.createSymbolicLink(path, Path.of("/dev/zero"));
      case KERNEL -> Files.createSymbolicLink(path, Path.of("/proc/kmsg"));
      case LARGE -> sparse(path, 1L << 30);
    }
  }

  /// A file with a hole, which takes no room.
  public static void sparse(Path path, long octets) throws IOException {
    try (var file =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(1), octets - 1);
    }
  }

  private static void fifo(Path path) throws IOException, InterruptedException {
    int exit = new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException("mkfifo ended with " + exit);
    }
  }
}
