package io.clusterzone.dns.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.Event;
import io.clusterzone.dns.ops.log.Log;
import io.clusterzone.dns.transport.DnsServer;
import io.clusterzone.dns.transport.Listener;
import io.clusterzone.dns.transport.TransportOptions;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

/// Random and damaged messages over real sockets leave the server answering, and leak no buffer.
final class HostileMessagesTest {
  private static final long SEED = 20_261_123;
  private static final int MESSAGES = 20_000;
  private static final int BETWEEN_CHECKS = 50;
  private static final int STREAM_MESSAGES = 3_000;

  private final HostileMessages messages = new HostileMessages(SEED);
  private final byte[] good = messages.good();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void leaveTheServerAnswering(boolean nativeTransport) throws Exception {
    LeakWatch leaks = LeakWatch.start();
    ServerBlock block = HostileMessages.block();
    Counters counters = new Counters(1, List.of(Bench.UNMATCHED, block.scope()));
    try (Log log = Log.start(new StringBuilder(), 100)) {
      Listener listener =
          new Listener(
              List.of(InetAddress.getLoopbackAddress()),
              0,
              loop ->
                  new QueryHandler(
                      List.of(block),
                      Bench.UNMATCHED,
                      counters.loop(0),
                      log,
                      new Workbench(SEED, loop.channels())));
      DnsServer server =
          DnsServer.start(
              TransportOptions.DEFAULTS.withLoops(1).withNativeTransport(nativeTransport),
              counters,
              List.of(listener));
      try {
        overUdp(server.addresses().getFirst());
        overTcp(server.addresses().getFirst());
      } finally {
        server.stop(Duration.ofSeconds(2));
      }
    }
    assertThat(counters.sum(Event.PANICS)).as("seed %s", SEED).isZero();
    assertThat(leaks.stop()).as("seed %s", SEED).isEmpty();
  }

  private void overUdp(InetSocketAddress server) throws IOException {
    try (DatagramSocket hostile = new DatagramSocket();
        DatagramSocket client = new DatagramSocket()) {
      client.setSoTimeout(5000);
      for (int i = 0; i < MESSAGES; i++) {
        byte[] message = messages.damaged();
        hostile.send(new DatagramPacket(message, message.length, server));
        if (i % BETWEEN_CHECKS == 0) {
          client.send(new DatagramPacket(good, good.length, server));
          DatagramPacket reply = new DatagramPacket(new byte[4096], 4096);
          client.receive(reply);
          checkGood(reply.getData(), reply.getLength(), i);
        }
      }
    }
  }

  private void overTcp(InetSocketAddress server) throws IOException {
    for (int i = 0; i < STREAM_MESSAGES; i += BETWEEN_CHECKS) {
      try (Socket client = new Socket(server.getAddress(), server.getPort())) {
        client.setSoTimeout(5000);
        for (int k = 0; k < BETWEEN_CHECKS; k++) {
          sendFrame(client, messages.damaged());
        }
        sendFrame(client, good);
        checkLastReply(client, i);
      }
    }
  }

  /// Reads on until the reply to the good query comes, which was the last one sent.
  private static void checkLastReply(Socket client, int i) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    byte[] reply;
    do {
      reply = new byte[in.readUnsignedShort()];
      in.readFully(reply);
    } while (reply.length < 60
        || reply[0] != (HostileMessages.GOOD_ID >> 8)
        || reply[1] != (byte) HostileMessages.GOOD_ID);
    checkGood(reply, reply.length, i);
  }

  private static void sendFrame(Socket client, byte[] message) throws IOException {
    byte[] frame = new byte[message.length + 2];
    frame[0] = (byte) (message.length >> 8);
    frame[1] = (byte) message.length;
    System.arraycopy(message, 0, frame, 2, message.length);
    client.getOutputStream().write(frame);
  }

  private static void checkGood(byte[] reply, int length, int i) throws IOException {
    Message message = new Message(Arrays.copyOf(reply, length));
    assertThat(message.getHeader().getID())
        .as("after %s, seed %s", i, SEED)
        .isEqualTo(HostileMessages.GOOD_ID);
    assertThat(message.getSection(Section.ANSWER)).as("after %s, seed %s", i, SEED).hasSize(1);
  }
}
