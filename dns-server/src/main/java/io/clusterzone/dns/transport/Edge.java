package io.clusterzone.dns.transport;

import io.clusterzone.dns.ops.Event;
import io.clusterzone.dns.ops.LoopCounters;
import io.clusterzone.dns.query.MessageHandler;
import java.nio.ByteBuffer;

/// The edge of an event loop: no exception of a handler passes it, and every message ends answered,
/// dropped or put off.
final class Edge {
  private final MessageHandler handler;
  private final LoopCounters counters;

  Edge(MessageHandler handler, LoopCounters counters) {
    this.handler = handler;
    this.counters = counters;
  }

  LoopCounters counters() {
    return counters;
  }

  /// Lets the handler deal with one message. `reply` is open, and closed afterwards.
  void handle(ByteBuffer memory, int offset, int length, Reply reply) {
    try {
      handler.handle(memory, offset, length, reply);
    } catch (Throwable cause) {
      counters.increment(Event.PANICS);
      fail(memory, offset, length, reply, cause);
    }
    if (reply.isOpen()) {
      reply.drop();
    }
  }

  private void fail(ByteBuffer memory, int offset, int length, Reply reply, Throwable cause) {
    if (!reply.isOpen()) {
      return;
    }
    try {
      handler.failed(memory, offset, length, reply, cause);
    } catch (Throwable again) {
      counters.increment(Event.PANICS);
    }
  }
}
