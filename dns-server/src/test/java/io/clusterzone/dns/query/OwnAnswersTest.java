package io.clusterzone.dns.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.ops.Protocol;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// The answers that directives make up themselves: `chaos`, `any`, `whoami`.
final class OwnAnswersTest {
  private static Message ask(TestBlocks block, Message question, CapturedReply sink)
      throws IOException {
    try (var bench = new Bench(block.block())) {
      return new Message(bench.askOctets(question.toWire(), sink));
    }
  }

  private static Message ask(TestBlocks block, String name, int type, int recordClass)
      throws IOException {
    return ask(
        block,
        Bench.question(name, type, recordClass),
        new CapturedReply(Protocol.UDP, "192.0.2.1"));
  }

  private static List<String> lines(Message reply, int section) {
    return reply.getSection(section).stream()
        .filter(record -> record.getType() != Type.OPT)
        .map(record -> record.toString().replaceAll("\\s+", " "))
        .toList();
  }

  @Test
  void answersChaosText() throws IOException {
    var block = TestBlocks.at(".").chaos("Clusterzone", "", "x".repeat(300));
    Message version = ask(block, "VERSION.bind", Type.TXT, DClass.CH);
    assertThat(version.getSection(Section.ANSWER))
        .singleElement()
        .satisfies(record -> {
          assertThat(record.getName()).hasToString("VERSION.bind.");
          assertThat(record.getDClass()).isEqualTo(DClass.CH);
          assertThat(record.getTTL()).isZero();
          assertThat(((TXTRecord) record).getStrings()).containsExactly("Clusterzone");
        });
    assertThat(version.getHeader().getFlag(Flags.AA)).isFalse();

    Message authors = ask(block, "authors.bind", Type.TXT, DClass.CH);
    assertThat(authors.getSection(Section.ANSWER).stream().map(r -> ((TXTRecord) r).getStrings()))
        .containsExactly(List.of(""), List.of("x".repeat(255), "x".repeat(45)));
  }

  @Test
  void setsTcWhenTextsDoNotFit() throws IOException {
    var block = TestBlocks.at(".").chaos("v", "x".repeat(200), "y".repeat(200), "z".repeat(200));
    Message reply = ask(block, "authors.bind", Type.TXT, DClass.CH);
    assertThat(reply.getSection(Section.ANSWER)).hasSize(2);
    assertThat(reply.getHeader().getFlag(Flags.TC)).isTrue();
  }

  /// RFC 8482 4.2: "a HINFO resource record with RDATA "RFC8482" ..." or any other text.
  @Test
  void answersAnyWithHinfo() throws IOException {
    Message reply = ask(TestBlocks.at(".").any(), "no.Such.name", Type.ANY, DClass.IN);
    assertThat(lines(reply, Section.ANSWER))
        .containsExactly("no.Such.name. 8482 IN HINFO \"ANY obsoleted\" \"See RFC 8482\"");
    assertThat(reply.getHeader().getFlag(Flags.AA)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"UDP, _udp", "TCP, _tcp"})
  void tellsClientItsAddressAndPort(Protocol protocol, String label) throws IOException {
    Message reply =
        ask(
            TestBlocks.at(".").whoami(),
            Bench.question("Me.example", Type.A),
            new CapturedReply(protocol, "192.0.2.1"));
    assertThat(lines(reply, Section.ADDITIONAL))
        .containsExactly(
            "Me.example. 0 IN A 192.0.2.1", label + ".Me.example. 0 IN SRV 0 0 40000 .");
    assertThat(reply.getSection(Section.ANSWER)).isEmpty();
    assertThat(reply.getHeader().getFlag(Flags.AA)).isTrue();
  }

  @Test
  void tellsClientItsIpv6Address() throws IOException {
    Message question = Bench.question(".", Type.ANY);
    question.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    Message reply =
        ask(TestBlocks.at(".").whoami(), question, new CapturedReply(Protocol.UDP, "::1"));
    assertThat(lines(reply, Section.ADDITIONAL))
        .containsExactly(". 0 IN AAAA 0:0:0:0:0:0:0:1", "_udp. 0 IN SRV 0 0 40000 .");
  }

  /// RFC 1035 2.3.4: with `_udp` in front it would be longer than a name can be.
  @Test
  void leavesPortOutBelowTheLongestNames() throws IOException {
    String name = ("x".repeat(62) + ".").repeat(4);
    Message reply = ask(TestBlocks.at(".").whoami(), name, Type.A, DClass.IN);
    assertThat(reply.getSection(Section.ADDITIONAL)).hasSize(1);
  }
}
