package io.clusterzone.dns.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicLong;

/// An upstream as a process of its own: says of every name that it has the address 192.0.2.1, and
/// of names below `arpa` that they do not exist. Prints its port, then at each line it reads how
/// many questions there were so far.
///
/// `java -cp ... Upstream TTL-SECONDS`
final class Upstream {
  private static final int ADDRESS = 192 << 24 | 2 << 8 | 1;
  private static final byte[] ARPA = {4, 'a', 'r', 'p', 'a', 0};

  private final DatagramChannel channel;
  private final int ttlSeconds;
  private final AtomicLong questions = new AtomicLong();

  private Upstream(int ttlSeconds) throws IOException {
    this.ttlSeconds = ttlSeconds;
    this.channel = DatagramChannel.open();
    channel.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
  }

  public static void main(String[] arguments) throws IOException {
    var upstream = new Upstream(Integer.parseInt(arguments[0]));
    Thread.ofPlatform().daemon().start(upstream::answerAll);
    var port = ((InetSocketAddress) upstream.channel.getLocalAddress()).getPort();
    System.out.println(port);
    var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    while (in.readLine() != null) {
      System.out.println(upstream.questions.get());
    }
  }

  private void answerAll() {
    var message = ByteBuffer.allocateDirect(1024);
    try {
      while (true) {
        SocketAddress client = channel.receive(message.clear());
        questions.incrementAndGet();
        answer(message.flip());
        channel.send(message, client);
      }
    } catch (IOException e) {
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
