package io.clusterzone.dns.transport;

import io.clusterzone.dns.query.MessageHandler;
import io.clusterzone.dns.query.ReplySink;
import java.nio.ByteBuffer;

/// Sends each message back as it came. Its first octet steers it: `!` throws, `?` is dropped.
final class EchoHandler implements MessageHandler {
  static final byte FAILURE = 'x';

  @Override
  public void handle(ByteBuffer memory, int offset, int length, ReplySink sink) {
    byte first = length == 0 ? 0 : memory.get(offset);
    if (first == '!') {
      throw new IllegalStateException("told to");
    }
    if (first == '?') {
      return;
    }
    ByteBuffer out = sink.reserve(length);
    out.put(out.position(), memory, offset, length);
    sink.send(length);
  }

  @Override
  public void failed(ByteBuffer memory, int offset, int length, ReplySink sink, Throwable cause) {
    ByteBuffer out = sink.reserve(1);
    out.put(out.position(), FAILURE);
    sink.send(1);
  }
}
