package io.clusterzone.dns.query;

import java.nio.ByteBuffer;

/// The handler of each message that a transport received. One per listener and event loop; called
/// on that loop's thread only.
public interface MessageHandler {
  /// Handles the message of `length` octets at `offset`. The memory is lent for this call.
  void handle(ByteBuffer memory, int offset, int length, ReplySink sink);

  /// Answers the message on which [#handle] threw `cause` before it sent anything.
  void failed(ByteBuffer memory, int offset, int length, ReplySink sink, Throwable cause);
}
