package io.clusterzone.dns.server;

import io.clusterzone.dns.query.MessageHandler;
import io.clusterzone.dns.query.ReplySink;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The part of `errors stacktrace` and `debug` in a handler: an unexpected exception is logged with
/// its stack trace, and with `debug` it ends the process. On the event loop's thread, as the
/// handler.
///
/// @param ends whether the process ends
record FailureHandler(MessageHandler handler, boolean ends) implements MessageHandler {
  private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

  /// The exit code of a Go program, and thus of CoreDNS, after a panic.
  private static final int PANIC = 2;

  @Override
  public void handle(ByteBuffer memory, int offset, int length, ReplySink sink) {
    handler.handle(memory, offset, length, sink);
  }

  @Override
  public void failed(ByteBuffer memory, int offset, int length, ReplySink sink, Throwable cause) {
    LOG.error("unexpected failure on a query of {} octets", length, cause);
    if (ends) {
      ProcessOutput.end(PANIC);
    }
    handler.failed(memory, offset, length, sink, cause);
  }
}
