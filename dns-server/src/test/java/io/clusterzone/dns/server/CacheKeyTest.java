package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.config.Corefile;
import io.clusterzone.dns.config.file.CorefileParser;
import io.clusterzone.dns.config.text.ParseOptions;
import io.clusterzone.dns.forward.FakeUpstream;
import io.clusterzone.dns.forward.Replies;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/// A reply remembered for one question is never the answer to a different one.
final class CacheKeyTest {
  /// All that an answer may depend on. The blocks have equal directives and an equal zone.
  private record Key(
      int block,
      String name,
      int type,
      int recordClass,
      boolean dnssecOk,
      boolean checkingDisabled,
      boolean recursionDesired) {
    Message question() throws IOException {
      Name asked = Name.fromString(name);
      Message message = Message.newQuery(Record.newRecord(asked, type, recordClass));
      if (!recursionDesired) {
        message.getHeader().unsetFlag(Flags.RD);
      }
      if (checkingDisabled) {
        message.getHeader().setFlag(Flags.CD);
      }
      int flags = dnssecOk ? ExtendedFlags.DO : 0;
      message.addRecord(new OPTRecord(1232, 0, 0, flags), Section.ADDITIONAL);
      return message;
    }
  }

  private static List<Key> allKeys() {
    var keys = new ArrayList<Key>();
    for (int bits = 0; bits < 1 << 7; bits++) {
      keys.add(
          new Key(
              bits & 1,
              (bits & 2) == 0 ? "a.example.org." : "b.example.org.",
              (bits & 4) == 0 ? Type.A : Type.TXT,
              (bits & 8) == 0 ? DClass.IN : DClass.CH,
              (bits & 16) == 0,
              (bits & 32) == 0,
              (bits & 64) == 0));
    }
    return keys;
  }

  private static Server start(String corefile) throws Exception {
    var parsed = CorefileParser.read("Corefile", corefile, ParseOptions.ofProcess()).result();
    assertThat(parsed).isInstanceOf(Corefile.Valid.class);
    return Servers.start(((Corefile.Valid) parsed).corefile());
  }

  private static String block(String address, FakeUpstream upstream) {
    return ".:0 {\n bind %s\n forward . 127.0.0.1:%d\n cache\n}\n"
        .formatted(address, upstream.address().getPort());
  }

  /// An upstream that never says the same twice.
  private static FakeUpstream counting() {
    var count = new AtomicInteger();
    return FakeUpstream.answering(query -> {
      int number = count.incrementAndGet();
      return query.getQuestion().getType() == Type.A
          ? Replies.answer(query, "@ 300 IN A 10.0.0." + number)
          : Replies.answer(query, "@ 300 IN TXT " + number);
    });
  }

  private static String ask(Server server, Key key) throws IOException {
    InetSocketAddress address = server.addresses().get(key.block());
    var resolver = new SimpleResolver(address);
    resolver.setTimeout(Duration.ofSeconds(20));
    Message reply = resolver.send(key.question());
    // On a slow machine the event loop may be late, and sheds what would have to wait.
    while (reply.getRcode() == Rcode.SERVFAIL) {
      reply = resolver.send(key.question());
    }
    List<Record> answer = reply.getSection(Section.ANSWER);
    return answer.isEmpty() ? Rcode.string(reply.getRcode()) : answer.getFirst().rdataToString();
  }

  /// What an upstream sends depends on DO and CD (RFC 4035 section 3.2) and on RD. Another class
  /// than IN is a name space of its own (RFC 1035 section 3.2.4), and is not forwarded at all.
  @Test
  void noEntryAnswersAnotherKey() throws Exception {
    try (FakeUpstream upstream = counting();
        Server server = start(block("127.0.0.1", upstream) + block("127.0.0.2", upstream))) {
      Map<Key, String> first = new LinkedHashMap<>();
      for (Key key : allKeys()) {
        first.put(key, ask(server, key));
      }
      List<String> forwarded =
          first.values().stream().filter(answer -> !answer.equals("REFUSED")).toList();
      assertThat(forwarded).hasSize(allKeys().size() / 2).doesNotHaveDuplicates();
      assertThat(upstream.received()).hasSameSizeAs(forwarded);

      for (Map.Entry<Key, String> entry : first.entrySet()) {
        boolean internet = entry.getKey().recordClass() == DClass.IN;
        assertThat(entry.getValue().equals("REFUSED")).isEqualTo(!internet);
        assertThat(ask(server, entry.getKey()))
            .as("%s", entry.getKey())
            .isEqualTo(entry.getValue());
      }
      assertThat(upstream.received()).hasSameSizeAs(forwarded);
    }
  }
}
