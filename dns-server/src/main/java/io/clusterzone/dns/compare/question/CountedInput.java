package io.clusterzone.dns.compare.question;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// A stream of octets that knows how far it has been read, to name the place of a fault.
final class CountedInput implements AutoCloseable {
  private final String file;
  private final InputStream in;
  private long offset;

  CountedInput(String file, InputStream in) {
    this.file = file;
    this.in = new BufferedInputStream(in);
  }

  /// The next octets, or null if there are none left.
  ///
  /// @throws IOException if some are left, but not as many
  @Nullable ByteBuffer readIfAny(int octets, ByteOrder order) throws IOException {
    byte[] read = in.readNBytes(octets);
    if (read.length == 0 && octets > 0) {
      return null;
    }
    if (read.length < octets) {
      throw fault(
          "it ends in the middle of a block, %d octets early".formatted(octets - read.length));
    }
    offset += octets;
    return ByteBuffer.wrap(read).order(order);
  }

  ByteBuffer read(int octets, ByteOrder order) throws IOException {
    ByteBuffer read = readIfAny(octets, order);
    if (read == null) {
      throw fault("it ends in the middle of a block, %d octets early".formatted(octets));
    }
    return read;
  }

  IOException fault(String what) {
    return new IOException("%s: at octet %d: %s".formatted(file, offset, what));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
