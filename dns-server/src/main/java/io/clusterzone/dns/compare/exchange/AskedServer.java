package io.clusterzone.dns.compare.exchange;

import io.clusterzone.dns.compare.Answer;
import io.clusterzone.dns.compare.AnswerReader;
import io.clusterzone.zones.wire.Header;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One of the servers: its socket, and what was sent to it and waits. For the thread of its
/// [Exchange].
final class AskedServer {
  private static final int SOCKET_BUFFER = 1 << 20;

  final InetSocketAddress address;
  private final int index;
  private final DatagramChannel channel;
  private final Duration patience;
  private final BiConsumer<AskedServer, Sent> truncated;
  private final Map<Integer, Sent> waiting = new HashMap<>();

  /// In the order of their deadlines; may hold what was answered since.
  private final ArrayDeque<Sent> deadlines = new ArrayDeque<>();

  private int lastId;

  AskedServer(
      InetSocketAddress address,
      int index,
      Selector selector,
      Duration patience,
      BiConsumer<AskedServer, Sent> truncated)
      throws IOException {
    this.address = address;
    this.index = index;
    this.patience = patience;
    this.truncated = truncated;
    channel = DatagramChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
      channel.connect(address);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /// An id that is not in use and was not for as long as can be.
  int nextId() {
    do {
      lastId = lastId + 1 & 0xffff;
    } while (waiting.containsKey(lastId));
    return lastId;
  }

  void send(UnderWay asked, ByteBuffer octets) {
    long now = System.nanoTime();
    expect(new Sent(asked, octets, now, now + patience.toNanos(), false));
  }

  private void expect(Sent sent) {
    waiting.put(sent.id(), sent);
    deadlines.add(sent);
    try {
      int _ = channel.write(sent.octets().duplicate());
    } catch (IOException _) {
      // Nobody listens, as an earlier datagram has found out: it may be back for the second.
    }
  }

  /// Takes the replies that have come.
  void receive(ByteBuffer room) {
    while (true) {
      room.clear();
      try {
        if (channel.read(room) <= 0) {
          return;
        }
      } catch (IOException _) {
        return; // Nobody listens: the deadline tells.
      }
      room.flip();
      if (room.remaining() >= Short.BYTES) {
        received(room);
      }
    }
  }

  private void received(ByteBuffer reply) {
    Sent sent = waiting.remove(reply.getShort(0) & 0xffff);
    if (sent == null) {
      return;
    }
    boolean cut =
        reply.remaining() >= Header.LENGTH && (reply.getShort(Header.FLAGS) & Header.TC) != 0;
    if (cut) {
      truncated.accept(this, sent);
    } else {
      answered(sent, reply);
    }
  }

  /// Takes the reply to a query that waits no longer; none if it did not come.
  void answered(Sent sent, @Nullable ByteBuffer reply) {
    Answer answer = reply == null ? Answer.SILENCE : AnswerReader.read(reply);
    long took = reply == null ? -1 : System.nanoTime() - sent.firstNanos();
    sent.asked().answered(index, answer, took);
  }

  /// Sends again what has waited for long, and gives up what was sent again.
  void expire(long nowNanos) {
    Sent first = deadlines.peek();
    while (first != null && (first.deadlineNanos() - nowNanos <= 0 || !isWaiting(first))) {
      deadlines.remove();
      if (isWaiting(first)) {
        if (first.again()) {
          waiting.remove(first.id());
          answered(first, null);
        } else {
          expect(first.sentAgain(nowNanos + patience.toNanos()));
        }
      }
      first = deadlines.peek();
    }
  }

  @SuppressWarnings("ReferenceEquality") // an id is used again
  private boolean isWaiting(Sent sent) {
    return waiting.get(sent.id()) == sent;
  }

  void close() throws IOException {
    channel.close();
  }
}
