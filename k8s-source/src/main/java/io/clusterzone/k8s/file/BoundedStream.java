package io.clusterzone.k8s.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// The octets of one file, fetched in parts on a thread that can be given up. Used by one thread at
/// a time.
///
/// The first part is fetched with the opening, so a small file takes one call in all. To close a
/// file waits for what is being read from it, so a stream that is given up meanwhile is left open;
/// the collector closes it once the call has returned.
final class BoundedStream extends InputStream {
  private static final int LEAST_OCTETS = 1 << 12;
  private static final int MOST_OCTETS = 1 << 16;

  private final Path file;
  private final long limit;
  private final TimedCalls calls;
  private final InputStream in;
  private final byte[] part;
  private int at;
  private int end;
  private long fetched;
  private boolean ended;
  private volatile boolean fetching;

  private BoundedStream(Path file, long size, long limit, TimedCalls calls, InputStream in) {
    this.file = file;
    this.limit = limit;
    this.calls = calls;
    this.in = in;
    // One more than there should be shows the end at once.
    this.part = new byte[Math.clamp(size + 1, LEAST_OCTETS, MOST_OCTETS)];
  }

  /// Opens a file of so many octets; on a thread that can be given up.
  static BoundedStream open(Path file, long size, long limit, TimedCalls calls) throws IOException {
    var stream = new BoundedStream(file, size, limit, calls, Files.newInputStream(file));
    try {
      int _ = stream.fetch();
      return stream;
    } catch (IOException e) {
      stream.in.close();
      throw e;
    }
  }

  /// Fetches the next part, and returns its length.
  private int fetch() throws IOException {
    fetching = true;
    int length;
    try {
      length = in.readNBytes(part, 0, part.length);
    } finally {
      fetching = false;
    }
    fetched += length;
    if (fetched > limit) {
      throw RegularFile.fault(file, "it grows, and at most %,d octets are read".formatted(limit));
    }
    at = 0;
    end = length;
    ended = length < part.length;
    return length;
  }

  /// Whether there is an octet to take.
  private boolean hasNext() throws IOException {
    if (at == end && !ended) {
      int _ = calls.call(file, this::fetch);
    }
    return at < end;
  }

  @Override
  public int read() throws IOException {
    return hasNext() ? Byte.toUnsignedInt(part[at++]) : -1;
  }

  @Override
  public int read(byte[] octets, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, octets.length);
    if (length == 0) {
      return 0;
    }
    if (!hasNext()) {
      return -1;
    }
    int taken = Math.min(length, end - at);
    System.arraycopy(part, at, octets, offset, taken);
    at += taken;
    return taken;
  }

  @Override
  public void close() throws IOException {
    if (!fetching) {
      in.close();
    }
  }
}
