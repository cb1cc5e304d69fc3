package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.cli.DumpCommandTest;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.forward.FakeUpstream;
import io.clusterzone.dns.ops.MetricText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// A server with the directive `shadow`, under as much load as one client makes, beside a listener
/// without it: whatever the other server does, clients get the same octets from both, and as many.
final class ShadowedServerTest {
  private static final int QUERIES = 1000;

  /// Queries of the client that are under way at once: fewer than any queue has room for.
  private static final int WINDOW = 64;

  private static final List<String> NAMES =
      List.of("web.shop.svc.cluster.local", "shop.svc.cluster.local", "no.such.cluster.local");

  private final Random random = new Random(20_260_101);

  @TempDir Path directory;

  @BeforeEach
  void writeManifests() throws IOException {
    Files.writeString(directory.resolve("web.yaml"), DumpCommandTest.service("web", "10.96.0.1"));
  }

  /// A server with two listeners: one has the directive, the other one has not, and both answer
  /// from the same zones.
  private Server start(FakeUpstream other) throws Exception {
    String block = ".:0 {\n bind %s\n kubernetes cluster.local {\n manifests %s\n }\n%s}\n";
    String text =
        block.formatted("127.0.0.1", directory, shadow(other))
            + block.formatted("127.0.0.2", directory, "");
    var parsed = CorefileParser.read("Corefile", text, ParseOptions.ofProcess()).result();
    assertThat(parsed).isInstanceOf(Corefile.Valid.class);
    return Servers.start(((Corefile.Valid) parsed).corefile());
  }

  private static InetSocketAddress shadowed(Server server) {
    return server.addresses().getFirst();
  }

  private static InetSocketAddress plain(Server server) {
    return server.addresses().getLast();
  }

  private static String shadow(FakeUpstream other) {
    return " shadow 127.0.0.1:%d {\n sample 100%%\n max_inflight 64\n timeout 50ms\n }\n"
        .formatted(other.address().getPort());
  }

  /// A way of the other server to be no good.
  private record Fault(String name, Function<FakeUpstream.Received, List<byte[]>> behaviour) {}

  private List<Fault> faults() {
    return List.of(
        new Fault("silent", _ -> List.of()),
        new Fault("slow", this::late),
        new Fault("truncated", ShadowedServerTest::truncated),
        new Fault("garbage", _ -> List.of(octets(300), octets(1), octets(12))),
        new Fault("the right id, then garbage", query -> List.of(withId(query, octets(100)))),
        new Fault("the right question, then garbage", query -> List.of(spoiled(query))),
        new Fault("another id", query -> List.of(withOtherId(query))),
        new Fault("a flood", query -> Collections.nCopies(50, withOtherId(query))),
        new Fault("the same reply again and again", ShadowedServerTest::many),
        new Fault("giants", query -> List.of(withId(query, octets(60_000)))));
  }

  /// The reply comes when the time for it is over.
  private List<byte[]> late(FakeUpstream.Received query) {
    try {
      TimeUnit.MILLISECONDS.sleep(60);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return List.of(reply(query));
  }

  private byte[] octets(int count) {
    byte[] octets = new byte[count];
    random.nextBytes(octets);
    return octets;
  }

  private static byte[] withId(FakeUpstream.Received query, byte[] octets) {
    ByteBuffer.wrap(octets).putShort(0, (short) query.query().getHeader().getID());
    return octets;
  }

  private static byte[] reply(FakeUpstream.Received query) {
    byte[] reply = query.query().toWire();
    reply[2] |= (byte) 0x80;
    return reply;
  }

  private byte[] spoiled(FakeUpstream.Received query) {
    byte[] reply = Arrays.copyOf(reply(query), 200);
    System.arraycopy(octets(140), 0, reply, 60, 140);
    reply[7] = (byte) 0xff;
    return reply;
  }

  private static byte[] withOtherId(FakeUpstream.Received query) {
    byte[] reply = reply(query);
    reply[1] ^= 0x55;
    return reply;
  }

  private static List<byte[]> many(FakeUpstream.Received query) {
    return Collections.nCopies(20, reply(query));
  }

  private static List<byte[]> truncated(FakeUpstream.Received query) {
    byte[] reply = reply(query);
    reply[2] |= 0x02;
    return List.of(reply);
  }

  @Test
  @Timeout(60)
  void answersAsAListenerWithoutIt() throws Exception {
    FakeUpstream other = FakeUpstream.silent();
    try (var through = new DatagramSocket();
        Server server = start(other)) {
      Map<Integer, String> expected = ask(plain(server));
      for (Fault fault : faults()) {
        other.behave(fault.behaviour());
        checkWhileAsked(server, expected, fault.name());
      }
      assertThat(count(server, "timeouts", "")).isPositive();
      assertThat(count(server, "failures", "")).isPositive();
      assertThat(count(server, "truncated", "")).isPositive();
      assertThat(count(server, "dropped", "inflight")).isPositive();
      // Nothing of it has ended the thread.
      through.connect(plain(server));
      through.setSoTimeout(5000);
      other.behave(query -> List.of(relay(through, query.query().toWire())));
      while (count(server, "agreed", "") == 0) {
        check(ask(shadowed(server)), expected, "well");
      }
      other.close();
      check(ask(shadowed(server)), expected, "dead");
      check(ask(shadowed(server)), expected, "dead for longer");
    } finally {
      other.close();
    }
  }

  /// Asks until some of it was repeated: after a flood the other server is left alone for a second.
  private static void checkWhileAsked(Server server, Map<Integer, String> expected, String fault)
      throws IOException {
    long before = count(server, "asked", "");
    do {
      check(ask(shadowed(server)), expected, fault);
    } while (count(server, "asked", "") < before + 20);
  }

  private static void check(
      Map<Integer, String> replies, Map<Integer, String> expected, String fault) {
    assertThat(replies).as(fault).hasSize(QUERIES);
    replies.forEach(
        (id, reply) -> assertThat(reply).as("%s, query %d", fault, id).isEqualTo(expected.get(id)));
  }

  /// The sum of a counter of the directive, of the series with this word in its labels.
  private static long count(Server server, String word, String label) {
    String name = "clusterzone_shadow_" + word + "_total{";
    return shadowMetrics(server)
        .lines()
        .filter(line -> line.startsWith(name) && line.contains(label))
        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static String shadowMetrics(Server server) {
    var text = new MetricText();
    server.metrics().shadows.writeTo(text);
    return text.toString();
  }

  private static byte[] relay(DatagramSocket through, byte[] query) {
    try {
      through.send(new DatagramPacket(query, query.length));
      var reply = new DatagramPacket(new byte[4096], 4096);
      through.receive(reply);
      return Arrays.copyOf(reply.getData(), reply.getLength());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The replies by query id.
  private static Map<Integer, String> ask(InetSocketAddress address) throws IOException {
    Map<Integer, String> replies = new TreeMap<>();
    List<byte[]> queries = queries();
    try (var socket = new DatagramSocket()) {
      socket.connect(address);
      socket.setSoTimeout(5000);
      int sent = 0;
      while (replies.size() < QUERIES) {
        while (sent < QUERIES && sent - replies.size() < WINDOW) {
          byte[] query = queries.get(sent++);
          socket.send(new DatagramPacket(query, query.length));
        }
        var reply = new DatagramPacket(new byte[4096], 4096);
        socket.receive(reply);
        byte[] octets = Arrays.copyOf(reply.getData(), reply.getLength());
        replies.put(ByteBuffer.wrap(octets).getShort(0) & 0xffff, Arrays.toString(octets));
      }
    }
    return replies;
  }

  private static List<byte[]> queries() throws IOException {
    List<byte[]> queries = new ArrayList<>();
    for (int id = 0; id < QUERIES; id++) {
      String name = NAMES.get(id % NAMES.size());
      int type = id % 2 == 0 ? Type.A : Type.AAAA;
      var query =
          Message.newQuery(Record.newRecord(Name.fromString(name, Name.root), type, DClass.IN));
      query.getHeader().setID(id);
      if (id % 5 != 0) {
        query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
      }
      queries.add(query.toWire());
    }
    return queries;
  }
}
