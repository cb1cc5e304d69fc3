package io.clusterzone.dns.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// An upstream as a process of its own: says of every name that it has the address 192.0.2.1, and
/// of names below `arpa` that they do not exist; at once, or each after the same time, or never.
/// Prints its port, then at each line it reads how many questions there were so far.
///
/// `java -cp ... Upstream TTL-SECONDS [DELAY-MILLIS]`; with a negative delay it never answers.
final class Upstream {
  private static final int ADDRESS = 192 << 24 | 2 << 8 | 1;
  private static final byte[] ARPA = {4, 'a', 'r', 'p', 'a', 0};
  private static final int SOCKET_BUFFER = 4 << 20;

  private record Late(ByteBuffer reply, SocketAddress client, long dueNanos) {}

  private final DatagramChannel channel;
  private final int ttlSeconds;
  private final long delayNanos;
  private final BlockingQueue<Late> late = new LinkedBlockingQueue<>();
  private final AtomicLong questions = new AtomicLong();

  private Upstream(int ttlSeconds, int delayMillis) throws IOException {
    this.ttlSeconds = ttlSeconds;
    this.delayNanos = TimeUnit.MILLISECONDS.toNanos(delayMillis);
    this.channel = DatagramChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
    channel.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
  }

  public static void main(String[] arguments) throws IOException {
    int delayMillis = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
    var upstream = new Upstream(Integer.parseInt(arguments[0]), delayMillis);
    Thread.ofPlatform().daemon().start(upstream::receiveAll);
    Thread.ofPlatform().daemon().start(upstream::sendLate);
    var port = ((InetSocketAddress) upstream.channel.getLocalAddress()).getPort();
    System.out.println(port);
    var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    while (in.readLine() != null) {
      System.out.println(upstream.questions.get());
    }
  }

  private void receiveAll() {
    var message = ByteBuffer.allocateDirect(1024);
    try {
      while (true) {
        SocketAddress client = channel.receive(message.clear());
        questions.incrementAndGet();
        answer(message.flip());
        if (delayNanos == 0) {
          channel.send(message, client);
        } else if (delayNanos > 0) {
          var reply = ByteBuffer.allocate(message.limit()).put(message).flip();
          late.add(new Late(reply, client, System.nanoTime() + delayNanos));
        }
      }
    } catch (IOException e) {
      System.err.println("the upstream ends: " + e);
    }
  }

  private void sendLate() {
    try {
      while (true) {
        Late next = late.take();
        while (next.dueNanos() - System.nanoTime() > 0) {
          LockSupport.parkNanos(next.dueNanos() - System.nanoTime());
        }
        channel.send(next.reply(), next.client());
      }
    } catch (IOException | InterruptedException e) {
      System.err.println("the upstream ends: " + e);
    }
  }

  /// Turns a query into its reply; what follows the question is left out.
  private void answer(ByteBuffer message) {
    int end = Messages.HEADER;
    while (message.get(end) != 0) {
      end += message.get(end) + 1;
    }
    boolean exists = !endsInArpa(message, end);
    message.limit(message.capacity());
    message.putShort(2, (short) (exists ? 0x8580 : 0x8583));
    message.putShort(6, (short) (exists ? 1 : 0));
    message.putInt(8, 0);
    message.position(end + 5);
    if (exists) {
      message.putShort((short) 0xc00c).putShort((short) 1).putShort((short) 1);
      message.putInt(ttlSeconds).putShort((short) 4).putInt(ADDRESS);
    }
    message.flip();
  }

  private static boolean endsInArpa(ByteBuffer message, int root) {
    int start = root + 1 - ARPA.length;
    for (int i = 0; i < ARPA.length; i++) {
      if (start < Messages.HEADER || message.get(start + i) != ARPA[i]) {
        return false;
      }
    }
    return true;
  }
}
