package io.clusterzone.k8s.kept;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/// A file that the server writes. Safe on any thread; of several writers at the same time, other
/// processes included, the first writes and the others fail.
///
/// A new file is written beside the old one and takes its place in one step: a crash or a full disk
/// leaves one or the other. A rename would put a file in place of a device as well, so only a file
/// that is absent, empty or begins as one of ours is replaced. A symbolic link is not followed: its
/// maker could lead the server anywhere.
///
/// @param path where it is
/// @param form the first octets of a file of ours there
public record KeptFile(Path path, Form form) {
  /// The first octets of a file of ours.
  public enum Form {
    /// A Corefile: its first line is a comment that says so.
    COREFILE("# Kept by clusterzone: the last Corefile that was good.\n"),

    /// The last known cluster.
    SNAPSHOT("CZS1"),

    /// The number of a process and a line feed.
    PROCESS_ID("") {
      @Override
      boolean fits(byte[] first, long size) {
        for (byte octet : first) {
          if (octet != '\n' && (octet < '0' || octet > '9')) {
            return false;
          }
        }
        return size <= MAX_DIGITS;
      }
    };

    private static final int MAX_DIGITS = 20;

    private final String mark;

    Form(String mark) {
      this.mark = mark;
    }

    /// The first characters of each file.
    public String mark() {
      return mark;
    }

    /// Whether a file of that size may be ours, perhaps a part left by a crash.
    boolean fits(byte[] first, long size) {
      return mark.startsWith(new String(first, StandardCharsets.ISO_8859_1));
    }

    private int looked() {
      return mark.isEmpty() ? MAX_DIGITS : mark.length();
    }
  }

  /// Puts the content into an empty file.
  @FunctionalInterface
  public interface Content {
    void writeTo(FileChannel file) throws IOException;
  }

  /// Why nothing may be written there; empty if it may, as far as that shows without writing.
  public String refusal() {
    return refusal(path);
  }

  private String refusal(Path file) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (found.isSymbolicLink()) {
        return "it is a symbolic link; name the file that it leads to";
      }
      if (!found.isRegularFile()) {
        String what = found.isDirectory() ? "a directory" : "a device, FIFO or socket";
        return "it is " + what + "; name a file that is not there yet";
      }
      // A file without size holds nothing to lose, and may be one of the kernel's, which block.
      return found.size() == 0 || form.fits(first(file), found.size())
          ? ""
          : "it is a file that clusterzone has not written; name another, or remove it";
    } catch (NoSuchFileException _) {
      return "";
    } catch (IOException e) {
      return "it cannot be looked at: " + e;
    }
  }

  private byte[] first(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return in.readNBytes(form.looked());
    }
  }

  /// Writes a text behind the mark, whole or not at all.
  ///
  /// @throws IOException as of [#write(Content)]
  public void write(String text) throws IOException {
    ByteBuffer octets = StandardCharsets.UTF_8.encode(form.mark() + text);
    write(file -> {
      while (octets.hasRemaining()) {
        file.write(octets);
      }
    });
  }

  /// Writes it anew, whole or not at all.
  ///
  /// @throws IOException if it cannot be written, or is refused; what was there stays
  public void write(Content content) throws IOException {
    require(path);
    Path beside = beside();
    var channel = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      try (channel) {
        content.writeTo(channel);
        channel.force(true);
      }
      require(path);
      Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (Throwable e) {
      Files.deleteIfExists(beside);
      throw e;
    }
  }

  /// Removes what a process left that died while it wrote.
  public void removeUnfinished() throws IOException {
    Path beside = beside();
    require(beside);
    Files.deleteIfExists(beside);
  }

  private void require(Path file) throws IOException {
    String refusal = refusal(file);
    if (!refusal.isEmpty()) {
      throw new FileSystemException(file.toString(), null, refusal);
    }
  }

  private Path beside() {
    return path.resolveSibling(path.getFileName() + ".new");
  }
}
