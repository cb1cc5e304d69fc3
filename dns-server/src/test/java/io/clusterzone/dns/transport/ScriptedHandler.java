package io.clusterzone.dns.transport;

import io.clusterzone.dns.query.MessageHandler;
import io.clusterzone.dns.query.ReplySink;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// Does what the first octet of each message says; for servers with one event loop.
///
/// - `!` throws before it answers, `@` after it
/// - `?` answers nothing
/// - `#` answers with 60,000 octets
/// - `-` puts the answer off until a message `+` comes, which answers all of these, the last first
/// - anything else is sent back as it came
final class ScriptedHandler implements MessageHandler {
  static final byte FAILURE = 'x';
  static final int LARGE = 60_000;

  private final Deque<Runnable> held = new ArrayDeque<>();

  @Override
  public void handle(ByteBuffer memory, int offset, int length, ReplySink sink) {
    byte[] message = new byte[length];
    memory.get(offset, message);
    switch (length == 0 ? ' ' : message[0]) {
      case '!' -> throw new IllegalStateException("told to");
      case '@' -> {
        send(sink, message);
        throw new IllegalStateException("told to, after the answer");
      }
      case '?' -> {}
      case '#' -> send(sink, Arrays.copyOf(message, LARGE));
      case '-' -> {
        ReplySink later = sink.later();
        held.push(() -> send(later, message));
      }
      case '+' -> {
        while (!held.isEmpty()) {
          held.pop().run();
        }
        send(sink, message);
      }
      default -> send(sink, message);
    }
  }

  private static void send(ReplySink sink, byte[] message) {
    ByteBuffer out = sink.reserve(0xffff);
    out.put(out.position(), message);
    sink.send(message.length);
  }

  @Override
  public void failed(ByteBuffer memory, int offset, int length, ReplySink sink, Throwable cause) {
    ByteBuffer out = sink.reserve(1);
    out.put(out.position(), FAILURE);
    sink.send(1);
  }
}
