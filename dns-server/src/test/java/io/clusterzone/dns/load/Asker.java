package io.clusterzone.dns.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A UDP socket to one server, and the queries that wait for replies on it. Never blocks; one
/// thread.
final class Asker implements AutoCloseable {
  static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(2);

  /// IDs are taken in turn, so that the oldest query waits at the place after the newest.
  private static final int PLACES = 1 << 16;

  private static final int SOCKET_BUFFER = 4 << 20;

  private static final InetAddress LOCAL = InetAddress.ofLiteral("127.0.0.1");

  private final DatagramChannel channel;
  private final ByteBuffer out = ByteBuffer.allocateDirect(512);
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
  private final @Nullable Question[] waiting = new @Nullable Question[PLACES];
  private final long[] sentNanos = new long[PLACES];
  private int oldest;
  private int next;
  private int count;

  Asker(InetSocketAddress server) throws IOException {
    this(LOCAL, server);
  }

  /// @param source the address that it asks from
  Asker(InetAddress source, InetSocketAddress server) throws IOException {
    channel = DatagramChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
    channel.configureBlocking(false);
    channel.bind(new InetSocketAddress(source, 0));
    channel.connect(server);
  }

  /// How many queries wait.
  int count() {
    return count;
  }

  /// Asks, unless the socket or the table of those that wait is full; returns whether it did.
  boolean send(Question question) throws IOException {
    if (waiting[next] != null) {
      return false;
    }
    out.clear().put(question.message()).putShort(0, (short) next).flip();
    long now = System.nanoTime();
    try {
      if (channel.write(out) == 0) {
        return false;
      }
    } catch (PortUnreachableException _) {
      // What an earlier query met; this one was not sent, and is as lost as that.
    }
    waiting[next] = question;
    sentNanos[next] = now;
    next = (next + 1) % PLACES;
    count++;
    return true;
  }

  /// Takes the replies that have come, and gives up what has waited too long.
  ///
  /// @return how many replies there were
  int receive() throws IOException {
    int replies = 0;
    while (receiveOne()) {
      replies++;
    }
    giveUp();
    return replies;
  }

  private boolean receiveOne() throws IOException {
    in.clear();
    try {
      if (channel.read(in) <= 0) {
        return false;
      }
    } catch (PortUnreachableException _) {
      return true;
    }
    in.flip();
    if (in.limit() < Messages.HEADER || !Messages.isResponse(in)) {
      return true;
    }
    int id = in.getShort(0) & 0xffff;
    Question question = waiting[id];
    if (question != null && Messages.hasQuestion(in, question.message())) {
      free(id);
      question.replied(in, sentNanos[id], System.nanoTime());
    }
    return true;
  }

  private void giveUp() {
    long now = System.nanoTime();
    while (oldest != next || count == PLACES) {
      Question question = waiting[oldest];
      if (question != null) {
        if (now - sentNanos[oldest] < TIMEOUT_NANOS) {
          return;
        }
        free(oldest);
        question.lost(sentNanos[oldest]);
      }
      oldest = (oldest + 1) % PLACES;
    }
  }

  private void free(int id) {
    waiting[id] = null;
    count--;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
