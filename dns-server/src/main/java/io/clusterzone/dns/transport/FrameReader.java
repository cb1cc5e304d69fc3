package io.clusterzone.dns.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// Cuts a stream into messages, each behind two octets of length (RFC 1035 section 4.2.2).
///
/// Messages are read where they were received; octets are copied only where a message spans two
/// reads. A message longer than [Sockets#MAX_QUERY_OCTETS] is cut to that length and the rest is
/// thrown away unread, so a connection never holds more than one message and one read.
final class FrameReader {
  private static final int LENGTH_OCTETS = 2;

  private final ByteBufAllocator allocator;
  private @Nullable ByteBuf held;
  private int toSkip;

  FrameReader(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /// Takes over the octets of one read.
  void append(ByteBuf octets) {
    ByteBuf before = held;
    if (before == null) {
      held = octets;
    } else if (octets.readableBytes() <= before.writableBytes()) {
      before.writeBytes(octets);
      octets.release();
    } else {
      ByteBuf both = allocator.directBuffer(before.readableBytes() + octets.readableBytes());
      both.writeBytes(before).writeBytes(octets);
      before.release();
      octets.release();
      held = both;
    }
    skip();
  }

  /// The buffer in which the next whole message stands from the reader index on, if there is one.
  @Nullable ByteBuf next() {
    ByteBuf buffer = held;
    if (buffer == null || toSkip > 0 || buffer.readableBytes() < LENGTH_OCTETS) {
      return null;
    }
    int length = Math.min(announced(buffer), Sockets.MAX_QUERY_OCTETS);
    return buffer.readableBytes() < LENGTH_OCTETS + length ? null : buffer;
  }

  /// The beginning of the message in the buffer of [#next].
  static int messageStart(ByteBuf buffer) {
    return buffer.readerIndex() + LENGTH_OCTETS;
  }

  /// The length of the message in the buffer of [#next], after it was cut.
  static int messageLength(ByteBuf buffer) {
    return Math.min(announced(buffer), Sockets.MAX_QUERY_OCTETS);
  }

  /// Leaves the message that [#next] gave.
  void advance(ByteBuf buffer) {
    toSkip = LENGTH_OCTETS + announced(buffer);
    skip();
  }

  void release() {
    if (held != null) {
      held.release();
      held = null;
    }
  }

  private void skip() {
    ByteBuf buffer = held;
    if (buffer == null) {
      return;
    }
    int now = Math.min(toSkip, buffer.readableBytes());
    buffer.skipBytes(now);
    toSkip -= now;
    if (!buffer.isReadable()) {
      release();
    }
  }

  private static int announced(ByteBuf buffer) {
    return buffer.getUnsignedShort(buffer.readerIndex());
  }
}
