package io.clusterzone.dns.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.ops.Counters;
import io.clusterzone.dns.ops.Event;
import io.clusterzone.dns.ops.Log;
import io.clusterzone.dns.ops.LogFormat;
import io.clusterzone.dns.ops.LogRule;
import io.clusterzone.dns.ops.ResponseClass;
import io.clusterzone.dns.transport.DnsServer;
import io.clusterzone.dns.transport.Listener;
import io.clusterzone.dns.transport.TransportOptions;
import io.clusterzone.zones.name.Name;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Random and damaged messages over real sockets leave the server answering, and leak no buffer.
final class HostileMessagesTest {
  private static final long SEED = 20_261_123;
  private static final int MESSAGES = 20_000;
  private static final int BETWEEN_CHECKS = 50;
  private static final int STREAM_MESSAGES = 3_000;

  private final Random random = new Random(SEED);
  private final byte[] good = goodQuery();

  private static byte[] goodQuery() {
    try {
      Message query = Bench.question("web.cluster.local", Type.A);
      query.getHeader().setID(4711);
      query.addRecord(new OPTRecord(1232, 0, 0, 0), Section.ADDITIONAL);
      return query.toWire();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void leaveTheServerAnswering(boolean nativeTransport) throws Exception {
    LeakWatch leaks = LeakWatch.start();
    ServerBlock block =
        TestBlocks.at(".")
            .chaos("clusterzone", "one")
            .any()
            .kubernetes(TestBlocks.zones(true, "cluster.local"), "cluster.local", ".")
            .log(new LogRule(Name.ROOT, LogFormat.COMMON, EnumSet.allOf(ResponseClass.class)))
            .errors()
            .block();
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
                      SEED,
                      loop.channels()));
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
        byte[] message = damaged();
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
          sendFrame(client, damaged());
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
    } while (reply.length < 60 || reply[0] != (4711 >> 8) || reply[1] != (byte) 4711);
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
    assertThat(message.getHeader().getID()).as("after %s, seed %s", i, SEED).isEqualTo(4711);
    assertThat(message.getSection(Section.ANSWER)).as("after %s, seed %s", i, SEED).hasSize(1);
  }

  /// Random octets, or a good query with some of its octets changed, cut off or added. The id is
  /// never that of the good query.
  private byte[] damaged() {
    byte[] message;
    if (random.nextInt(4) == 0) {
      message = new byte[random.nextInt(700)];
      random.nextBytes(message);
    } else {
      message = Arrays.copyOf(good, good.length - 8 + random.nextInt(20));
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        message[random.nextInt(message.length)] = (byte) random.nextInt(256);
      }
    }
    if (message.length > 0) {
      message[0] = 0;
    }
    return message;
  }

  /// Collects what Netty says about buffers that were never released.
  private static final class LeakWatch extends Handler {
    private final Logger logger = Logger.getLogger(ResourceLeakDetector.class.getName());
    private final List<String> leaks = Collections.synchronizedList(new ArrayList<>());

    static LeakWatch start() {
      LeakWatch watch = new LeakWatch();
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
      watch.logger.addHandler(watch);
      return watch;
    }

    /// A leak shows when its buffer has been collected and another one is made.
    List<String> stop() {
      for (int i = 0; i < 10; i++) {
        System.gc();
        ByteBuf probe = ByteBufAllocator.DEFAULT.directBuffer(16);
        probe.release();
      }
      logger.removeHandler(this);
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.SIMPLE);
      return leaks;
    }

    @Override
    public void publish(LogRecord line) {
      leaks.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
