package io.clusterzone.dns.transport;

import io.clusterzone.dns.ops.Event;
import io.clusterzone.dns.ops.LoopCounters;
import io.clusterzone.dns.query.MessageHandler;
import io.clusterzone.dns.transport.flood.FloodGate;
import java.nio.ByteBuffer;

/// The edge of an event loop for one listener: no exception of a handler passes it, and every
/// message ends answered, dropped or put off. Confined to the loop.
///
/// The handler may be replaced while sockets and connections stay: each message is handled by the
/// one or the other, and what a replaced handler has put off it still answers.
final class Edge {
  private final LoopCounters counters;
  private final FloodGate gate;
  private MessageHandler handler;
  private int unanswered;

  Edge(MessageHandler handler, LoopCounters counters, FloodGate gate) {
    this.handler = handler;
    this.counters = counters;
    this.gate = gate;
  }

  /// Lets another handler deal with the messages from now on.
  void replaceHandler(MessageHandler next) {
    handler = next;
  }

  LoopCounters counters() {
    return counters;
  }

  FloodGate gate() {
    return gate;
  }

  /// Datagrams whose reply comes later; a graceful end waits for them.
  int unanswered() {
    return unanswered;
  }

  void awaitAnswer() {
    unanswered++;
  }

  void answered() {
    unanswered--;
  }

  /// Lets the handler deal with one message. `reply` is open, and closed afterwards.
  void handle(ByteBuffer memory, int offset, int length, LentReply reply) {
    try {
      gate.pace().received();
      handler.handle(memory, offset, length, reply);
    } catch (Throwable cause) {
      counters.increment(Event.PANICS);
      fail(memory, offset, length, reply, cause);
    }
    if (reply.isOpen()) {
      reply.drop();
    }
  }

  private void fail(ByteBuffer memory, int offset, int length, LentReply reply, Throwable cause) {
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
