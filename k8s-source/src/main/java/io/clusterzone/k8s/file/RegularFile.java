package io.clusterzone.k8s.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;

/// Reads regular files alone, so many octets at most, and waits for none without end. Any thread
/// may call it.
///
/// Links are followed; what they lead to counts. A FIFO, a socket, a device and a directory are
/// refused by name, and so are the kernel's own files (`/proc/kmsg`), which have no size and may
/// block. The size is checked before reading, and again while reading, as a file may grow.
public final class RegularFile {
  /// File systems of the kernel, whose files are made while they are read.
  private static final Set<String> KERNEL =
      Set.of(
          "proc",
          "sysfs",
          "tracefs",
          "debugfs",
          "securityfs",
          "configfs",
          "cgroup",
          "cgroup2",
          "bpf",
          "pstore",
          "mqueue",
          "binfmt_misc",
          "fusectl");

  private static final int S_IFMT = 0xf000;
  private static final int S_IFIFO = 0x1000;
  private static final int S_IFSOCK = 0xc000;

  private RegularFile() {}

  /// The octets of a file.
  ///
  /// @throws IOException if it is no regular file, too large, or cannot be read; see [#reason]
  public static byte[] octets(Path file, Limit limit) throws IOException {
    try (InputStream in = open(file, limit)) {
      return in.readAllBytes();
    }
  }

  /// The text of a file in UTF-8, in which other octets are replaced.
  ///
  /// @throws IOException as of [#octets]
  public static String text(Path file, Limit limit) throws IOException {
    return new String(octets(file, limit), StandardCharsets.UTF_8);
  }

  /// The octets of a file, one part after another.
  ///
  /// @throws IOException as of [#octets], and so does reading
  public static InputStream open(Path file, Limit limit) throws IOException {
    return open(file, limit.value(), TimedCalls.SHARED);
  }

  static InputStream open(Path file, long limit, TimedCalls calls) throws IOException {
    return calls.call(
        file,
        () -> {
          long size = checkedSize(file);
          if (size > limit) {
            throw fault(file, "it has %,d octets, and at most %,d are read".formatted(size, limit));
          }
          return BoundedStream.open(file, size, limit, calls);
        });
  }

  /// Checks that a file can be read, as far as that shows without opening it.
  ///
  /// @throws IOException if it is not, or is no regular file
  public static void check(Path file) throws IOException {
    TimedCalls.SHARED.call(file, () -> checkedSize(file));
  }

  private static long checkedSize(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw fault(file, "it is " + kind(file, attributes) + "; only regular files are read");
    }
    if (attributes.size() == 0) {
      String type = Files.getFileStore(file).type();
      if (KERNEL.contains(type)) {
        throw fault(file, "it is one of the kernel (" + type + "); only regular files are read");
      }
    }
    return attributes.size();
  }

  private static String kind(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.isDirectory()) {
      return "a directory";
    }
    return switch ((Integer) Files.getAttribute(file, "unix:mode") & S_IFMT) {
      case S_IFIFO -> "a FIFO";
      case S_IFSOCK -> "a socket";
      default -> "a device";
    };
  }

  static IOException fault(Path file, String reason) {
    return new FileSystemException(file.toString(), null, reason);
  }

  /// A failure of reading in a few words, without the name of the file.
  public static String reason(Exception e) {
    Throwable cause = e instanceof DirectoryIteratorException inner ? inner.getCause() : e;
    return switch (cause) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "no permission";
      case FileSystemLoopException _ -> "links form a loop";
      case FileSystemException failure ->
          Objects.requireNonNullElse(failure.getReason(), failure.getClass().getSimpleName());
      case IOException failure when failure.getMessage() != null -> failure.getMessage();
      case null, default -> String.valueOf(e);
    };
  }
}
