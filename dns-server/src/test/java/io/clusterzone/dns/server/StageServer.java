package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.cli.DumpCommandTest;
import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.forward.FakeUpstream;
import io.clusterzone.dns.forward.Replies;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// A whole server in which a query can end at every stage, asked octet by octet.
///
/// It has an upstream that answers what its names say.
final class StageServer implements AutoCloseable {
  /// A question, and where it ends.
  record Row(String stage, String name, int type, int recordClass, String rcode) {
    Message question() throws IOException {
      return Message.newQuery(Record.newRecord(Name.fromString(name), type, recordClass));
    }

    @Override
    public String toString() {
      return stage + ": " + name + " " + Type.string(type);
    }
  }

  static final String WEB = "web.shop.svc.cluster.local.";

  private static final String COREFILE =
      """
      .:0 {
        bind 127.0.0.1
        chaos v1 me
        hosts {
          192.0.2.7 host.example
          fallthrough
        }
        kubernetes cluster.local {
          manifests DIR
        }
        forward . 127.0.0.1:UPSTREAM {
          except except.example
        }
        cache
      }
      any.example:0 {
        bind 127.0.0.1
        any
      }
      whoami.example:0 {
        bind 127.0.0.1
        whoami
      }
      empty.example:0 {
        bind 127.0.0.1
        errors
      }
      refusing.example:0 {
        bind 127.0.0.1
      }
      hosts.example:0 {
        bind 127.0.0.1
        hosts {
          192.0.2.7 a.hosts.example
        }
      }
      own.example:0 {
        bind 127.0.0.2
        kubernetes own.example {
          manifests DIR
        }
      }
      """;

  final FakeUpstream upstream = FakeUpstream.answering(StageServer::answer);
  private final Server server;

  StageServer(Path manifests) throws Exception {
    Files.writeString(
        manifests.resolve("shop.yaml"),
        DumpCommandTest.service("web", "10.96.0.1")
            + "---\n"
            + DumpCommandTest.service("many", "10.96.0.2").replace("{port: 80}", ports(100))
            + external("out", "ok.example")
            + external("self", "self.shop.svc.cluster.local")
            + external("round", "round.example"));
    String text =
        COREFILE
            .replace("DIR", manifests.toString())
            .replace("UPSTREAM", Integer.toString(upstream.address().getPort()));
    var parsed = CorefileParser.read("Corefile", text, ParseOptions.ofProcess()).result();
    assertThat(parsed).isInstanceOf(Corefile.Valid.class);
    server = Servers.start(((Corefile.Valid) parsed).corefile());
  }

  private static String ports(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{name: p" + i + ", port: " + (1000 + i) + "}")
        .collect(Collectors.joining(", "));
  }

  private static String external(String name, String target) {
    return """
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: %s, namespace: shop}
    spec: {type: ExternalName, externalName: %s}
    """
        .formatted(name, target);
  }

  private static Message answer(Message query) {
    return switch (query.getQuestion().getName().toString().toLowerCase(Locale.ROOT)) {
      case "ok.example." -> Replies.answer(query, "@ 300 IN A 192.0.2.1");
      case "big.example." -> Replies.answer(query, Replies.addresses(200));
      case "loop.example." -> Replies.answer(query, "@ 300 IN CNAME @");
      case "round.example." -> Replies.negativeWithAlias(query, "round.shop.svc.cluster.local.");
      case "refused.example." -> Replies.empty(query, Rcode.REFUSED);
      default -> Replies.negative(query, Rcode.NXDOMAIN, "example. 300 IN SOA a. b. 1 2 3 4 300");
    };
  }

  /// Each stage, and each way in which it ends a query.
  static List<Row> rows() {
    return List.of(
        row("chaos", "version.bind.", Type.TXT, DClass.CH, "NOERROR"),
        row("class", WEB, Type.A, DClass.HS, "REFUSED"),
        row("transfer", "cluster.local.", Type.AXFR, DClass.IN, "REFUSED"),
        row("any", "x.any.example.", Type.ANY, DClass.IN, "NOERROR"),
        row("hosts", "host.example.", Type.A, DClass.IN, "NOERROR"),
        row("hosts", "host.example.", Type.MX, DClass.IN, "NOERROR"),
        row("hosts", "b.hosts.example.", Type.A, DClass.IN, "SERVFAIL"),
        row("kubernetes", WEB, Type.A, DClass.IN, "NOERROR"),
        row("kubernetes", WEB, Type.SRV, DClass.IN, "NOERROR"),
        row("kubernetes", "shop.svc.cluster.local.", Type.A, DClass.IN, "NOERROR"),
        row("kubernetes", "no.shop.svc.cluster.local.", Type.A, DClass.IN, "NXDOMAIN"),
        row("kubernetes", "self.shop.svc.cluster.local.", Type.A, DClass.IN, "SERVFAIL"),
        row("chain", "out.shop.svc.cluster.local.", Type.A, DClass.IN, "NOERROR"),
        row("chain", "round.shop.svc.cluster.local.", Type.A, DClass.IN, "SERVFAIL"),
        row("forward", "ok.example.", Type.A, DClass.IN, "NOERROR"),
        row("forward", "no.example.", Type.A, DClass.IN, "NXDOMAIN"),
        row("forward", "refused.example.", Type.A, DClass.IN, "REFUSED"),
        row("forward", "loop.example.", Type.A, DClass.IN, "SERVFAIL"),
        row("nobody", "except.example.", Type.A, DClass.IN, "SERVFAIL"),
        row("whoami", "whoami.example.", Type.A, DClass.IN, "NOERROR"),
        row("nobody", "empty.example.", Type.A, DClass.IN, "SERVFAIL"),
        row("refused", "refusing.example.", Type.A, DClass.IN, "REFUSED"));
  }

  /// Answers that take more room than a datagram may have.
  static List<Row> large() {
    return List.of(
        row("kubernetes", "many.shop.svc.cluster.local.", Type.SRV, DClass.IN, "NOERROR"),
        row("forward", "big.example.", Type.A, DClass.IN, "NOERROR"));
  }

  private static Row row(String stage, String name, int type, int recordClass, String rcode) {
    return new Row(stage, name, type, recordClass, rcode);
  }

  /// The listener of all blocks but one.
  InetSocketAddress address() {
    return server.addresses().getFirst();
  }

  /// The listener that has a zone of its own, and nothing for other names.
  InetSocketAddress authoritative() {
    return server.addresses().getLast();
  }

  /// The reply with the row's response code, or the last of some. A question that would have to
  /// wait is shed where the event loop was late, which on a slow machine happens.
  byte[] ask(Row row, Message query, boolean tcp) throws IOException {
    byte[] reply = exchange(address(), query.toWire(), tcp);
    for (int i = 0;
        i < 20 && !Rcode.string(new Message(reply).getRcode()).equals(row.rcode());
        i++) {
      reply = exchange(address(), query.toWire(), tcp);
    }
    return reply;
  }

  static byte[] exchange(InetSocketAddress server, byte[] query, boolean tcp) throws IOException {
    return firstReply(server, new byte[][] {query}, tcp);
  }

  /// What comes first when these messages are sent one after the other.
  static byte[] firstReply(InetSocketAddress server, byte[][] messages, boolean tcp)
      throws IOException {
    return tcp ? overTcp(server, messages) : overUdp(server, messages);
  }

  private static byte[] overUdp(InetSocketAddress server, byte[][] messages) throws IOException {
    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout(20_000);
      socket.connect(server);
      for (byte[] message : messages) {
        socket.send(new DatagramPacket(message, message.length));
      }
      var packet = new DatagramPacket(new byte[0xffff], 0xffff);
      socket.receive(packet);
      return Arrays.copyOf(packet.getData(), packet.getLength());
    }
  }

  private static byte[] overTcp(InetSocketAddress server, byte[][] messages) throws IOException {
    try (var socket = new Socket(server.getAddress(), server.getPort())) {
      socket.setSoTimeout(20_000);
      socket.setTcpNoDelay(true);
      for (byte[] message : messages) {
        ByteBuffer frame = ByteBuffer.allocate(message.length + 2);
        socket.getOutputStream().write(frame.putShort((short) message.length).put(message).array());
      }
      var in = new DataInputStream(socket.getInputStream());
      return in.readNBytes(in.readUnsignedShort());
    }
  }

  @Override
  public void close() {
    server.close();
    upstream.close();
  }
}
