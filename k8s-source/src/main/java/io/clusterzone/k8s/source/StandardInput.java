package io.clusterzone.k8s.source;

import io.clusterzone.k8s.file.Limit;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// The standard input as a file of manifests: read once, to its end, and never watched.
public final class StandardInput {
  /// The path that stands for standard input.
  public static final Path PATH = Path.of("-");

  /// The name of standard input in messages.
  static final String NAME = "standard input";

  private StandardInput() {}

  /// Opens it; a second time there is nothing more.
  static InputStream open() {
    return new Bounded(System.in, Limit.MANIFEST_OCTETS.value());
  }

  /// Fails beyond a number of octets, and leaves the stream open.
  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream in, long most) {
      super(in);
      left = most;
    }

    @Override
    public int read() throws IOException {
      return count(super.read(), 1);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      return count(read, read);
    }

    private int count(int result, int read) throws IOException {
      left -= Math.max(0, result < 0 ? 0 : read);
      if (left < 0) {
        throw new IOException(
            "it has more than %,d octets".formatted(Limit.MANIFEST_OCTETS.value()));
      }
      return result;
    }

    @Override
    public void close() {
      // The process's own.
    }
  }
}
