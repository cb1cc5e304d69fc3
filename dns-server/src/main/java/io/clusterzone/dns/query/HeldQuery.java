package io.clusterzone.dns.query;

import java.nio.ByteBuffer;

/// A query whose reply comes later: its message, where the reply goes, and when it began. Made only
/// when there is something to wait for. Confined to one event loop.
record HeldQuery(ByteBuffer message, BlockTable.Entry entry, ReplySink sink, Recorder.Start start) {
  /// Copies the message, which is lent to the handler for its call only.
  static HeldQuery of(
      ByteBuffer memory,
      int offset,
      int length,
      BlockTable.Entry entry,
      ReplySink sink,
      Recorder.Start start) {
    byte[] copy = new byte[length];
    memory.get(offset, copy);
    return new HeldQuery(ByteBuffer.wrap(copy), entry, sink.later(), start);
  }
}
