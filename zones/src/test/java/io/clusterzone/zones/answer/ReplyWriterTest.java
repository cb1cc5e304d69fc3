package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.wire.ExtendedError;
import io.clusterzone.zones.wire.Packet;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.Rcode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/// The replies that come from no zone.
class ReplyWriterTest {
  private static final int OFFSET = 3;
  private static final int LIMIT = 1232;
  private static final AnswerOptions OPTIONS = AnswerOptions.DEFAULT;

  private final QueryView view = new QueryView();
  private final ReplyWriter writer = new ReplyWriter();
  private final ByteBuffer out = ByteBuffer.allocate(2048);

  /// RFC 1035 4.1.1: the opcode and RD are copied.
  @ParameterizedTest
  @CsvSource({"0x0100, 1, 0x8101", "0x2000, 4, 0xa004", "0x7910, 4, 0xf914", "0x07ff, 1, 0x8111"})
  void writesHeaderAlone(String flags, int rcode, String expected) {
    read(Packet.header(Integer.decode(flags), 3, 2, 1, 9).text("rubbish"));
    int length = writer.header(view, rcode, out, OFFSET);
    assertThat(length).isEqualTo(12);
    ByteBuffer header = ByteBuffer.allocate(12);
    header.putShort((short) 0x1234).putShort((short) (int) Integer.decode(expected));
    assertThat(Arrays.copyOfRange(out.array(), OFFSET, OFFSET + 12)).isEqualTo(header.array());
  }

  @Test
  void refusesWithTheQuestion() {
    read(Packet.query("Example.", 1, 0));
    Message reply = parse(writer.status(view, Rcode.REFUSED, out, OFFSET, LIMIT, OPTIONS));
    assertThat(reply.getRcode()).isEqualTo(Rcode.REFUSED);
    assertThat(reply.getQuestion().getName()).hasToString("Example.");
    assertThat(reply.getHeader().getFlag(Flags.AA)).isFalse();
    assertThat(reply.getOPT()).isNull();
  }

  /// RFC 6891 6.1.3: BADVERS in an OPT of the highest version the responder has.
  @Test
  void saysBadVersionInOptOfVersionZero() {
    read(Packet.query("example.", 1, 1).opt(1232, 7, 0, 0));
    Message reply = parse(writer.status(view, Rcode.BADVERS, out, OFFSET, LIMIT, OPTIONS));
    assertThat(reply.getRcode()).isEqualTo(org.xbill.DNS.Rcode.BADVERS);
    assertThat(reply.getOPT()).isNotNull();
    assertThat(reply.getOPT().getVersion()).isZero();
    assertThat(reply.getQuestion().getName()).hasToString("example.");
  }

  @Test
  void explainsFailureToThoseWhoSpeakEdns() {
    read(Packet.query("example.", 1, 1).opt(1232, 0, 0, 0));
    Message reply = fail("no upstream answered");
    var error = extendedError(reply);
    assertThat(reply.getRcode()).isEqualTo(Rcode.SERVFAIL);
    assertThat(error.getErrorCode()).isEqualTo(22);
    assertThat(error.getText()).isEqualTo("no upstream answered");
    read(Packet.query("example.", 1, 0));
    assertThat(fail("no upstream answered").getOPT()).isNull();
  }

  /// RFC 8914 3: the text may be cut; a client that gets no reply at all learns less.
  @Test
  void cutsTextOfExtendedErrorToFit() {
    read(Packet.query("example.", 1, 1).opt(512, 0, 0, 0));
    int room = 512 - 12 - 13 - 11 - 6;
    assertThat(extendedError(fail("x".repeat(1000))).getText()).hasSize(room);
  }

  @Test
  void answersChaosText() {
    read(Packet.header(0, 1, 0, 0, 0).name("VERSION.bind.").u16(16).u16(3));
    List<String> texts = List.of("Clusterzone", "", "x".repeat(300));
    Message reply = parse(writer.chaos(view, texts, out, OFFSET, LIMIT, OPTIONS));
    var records = reply.getSection(Section.ANSWER);
    assertThat(records).hasSize(3);
    assertThat(records).allSatisfy(r -> assertThat(r.getDClass()).isEqualTo(DClass.CH));
    assertThat(records).allSatisfy(r -> assertThat(r.getTTL()).isZero());
    assertThat(records.getFirst().getName()).hasToString("VERSION.bind.");
    assertThat(((TXTRecord) records.get(0)).getStrings()).containsExactly("Clusterzone");
    assertThat(((TXTRecord) records.get(1)).getStrings()).containsExactly("");
    assertThat(((TXTRecord) records.get(2)).getStrings())
        .containsExactly("x".repeat(255), "x".repeat(45));
    assertThat(reply.getHeader().getFlag(Flags.AA)).isFalse();
  }

  @Test
  void setsTcWhenTextsDoNotFit() {
    read(Packet.header(0, 1, 0, 0, 0).name("authors.bind.").u16(16).u16(3));
    List<String> texts = List.of("x".repeat(200), "y".repeat(200), "z".repeat(200));
    Message reply = parse(writer.chaos(view, texts, out, OFFSET, 512, OPTIONS));
    assertThat(reply.getSection(Section.ANSWER)).hasSize(2);
    assertThat(reply.getHeader().getFlag(Flags.TC)).isTrue();
  }

  /// RFC 8482 4.2: "a HINFO resource record with RDATA "RFC8482" ..." or any other text.
  @Test
  void answersAnyWithHinfo() {
    read(Packet.query("no.Such.name.", Type.ANY, 0));
    Message reply = parse(writer.any(view, out, OFFSET, LIMIT, OPTIONS));
    assertThat(Asker.lines(reply, Section.ANSWER))
        .containsExactly("no.Such.name. 8482 IN HINFO \"ANY obsoleted\" \"See RFC 8482\"");
    assertThat(reply.getHeader().getFlag(Flags.AA)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "false, Me.example. 0 IN A 192.0.2.1, _udp.Me.example. 0 IN SRV 0 0 40053 .",
    "true, Me.example. 0 IN A 192.0.2.1, _tcp.Me.example. 0 IN SRV 0 0 40053 ."
  })
  void tellsClientItsAddressAndPort(boolean tcp, String address, String port) {
    read(Packet.query("Me.example.", Type.A, 0));
    byte[] client = {(byte) 192, 0, 2, 1};
    Message reply = parse(writer.whoami(view, client, 40053, tcp, out, OFFSET, LIMIT, OPTIONS));
    assertThat(Asker.lines(reply, Section.ADDITIONAL)).containsExactly(address, port);
    assertThat(reply.getSection(Section.ANSWER)).isEmpty();
    assertThat(reply.getHeader().getFlag(Flags.AA)).isTrue();
  }

  @Test
  void tellsClientItsIpv6Address() {
    read(Packet.query(".", Type.ANY, 1).opt(1232, 0, 0, 0));
    byte[] client = new byte[16];
    client[15] = 1;
    Message reply = parse(writer.whoami(view, client, 1, false, out, OFFSET, LIMIT, OPTIONS));
    assertThat(Asker.lines(reply, Section.ADDITIONAL))
        .containsExactly(". 0 IN AAAA 0:0:0:0:0:0:0:1", "_udp. 0 IN SRV 0 0 1 .");
  }

  /// RFC 1035 2.3.4: with `_udp` in front it would be longer than a name can be.
  @Test
  void leavesPortOutBelowTheLongestNames() {
    String name = ("x".repeat(62) + ".").repeat(4);
    read(Packet.query(name, Type.A, 0));
    Message reply = parse(writer.whoami(view, new byte[4], 1, false, out, OFFSET, LIMIT, OPTIONS));
    assertThat(reply.getSection(Section.ADDITIONAL)).hasSize(1);
  }

  private Message fail(String text) {
    int error = ExtendedError.NO_REACHABLE_AUTHORITY;
    int limit = view.udpLimit(1232);
    return parse(writer.status(view, Rcode.SERVFAIL, error, text, out, OFFSET, limit, OPTIONS));
  }

  private static ExtendedErrorCodeOption extendedError(Message reply) {
    assertThat(reply.getOPT()).isNotNull();
    return (ExtendedErrorCodeOption)
        reply.getOPT().getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).getFirst();
  }

  private void read(Packet packet) {
    byte[] message = packet.octets();
    view.read(ByteBuffer.wrap(message), 0, message.length);
  }

  private Message parse(int length) {
    return Asker.parse(Arrays.copyOfRange(out.array(), OFFSET, OFFSET + length));
  }
}
