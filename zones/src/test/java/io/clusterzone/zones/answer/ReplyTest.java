package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.wire.ExtendedError;
import io.clusterzone.zones.wire.Packet;
import io.clusterzone.zones.wire.QueryView;
import io.clusterzone.zones.wire.Rcode;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

/// The replies that come from no zone.
class ReplyTest {
  private static final int OFFSET = 3;
  private static final int LIMIT = 1232;
  private static final AnswerOptions OPTIONS = AnswerOptions.DEFAULT;

  private final QueryView view = new QueryView();
  private final Reply written = new Reply();
  private final ByteBuffer out = ByteBuffer.allocate(2048);

  /// RFC 1035 4.1.1: the opcode and RD are copied.
  @ParameterizedTest
  @CsvSource({"0x0100, 1, 0x8101", "0x2000, 4, 0xa004", "0x7910, 4, 0xf914", "0x07ff, 1, 0x8111"})
  void writesHeaderAlone(String flags, int rcode, String expected) {
    read(Packet.header(Integer.decode(flags), 3, 2, 1, 9).text("rubbish"));
    written.open(view, OPTIONS, out, OFFSET, 12);
    written.header(rcode);
    assertThat(written.length()).isEqualTo(12);
    ByteBuffer header = ByteBuffer.allocate(12);
    header.putShort((short) 0x1234).putShort((short) (int) Integer.decode(expected));
    assertThat(Arrays.copyOfRange(out.array(), OFFSET, OFFSET + 12)).isEqualTo(header.array());
  }

  @Test
  void refusesWithTheQuestion() {
    read(Packet.query("Example.", 1, 0));
    written.open(view, OPTIONS, out, OFFSET, LIMIT);
    written.status(Rcode.REFUSED);
    Message reply = parse();
    assertThat(reply.getRcode()).isEqualTo(Rcode.REFUSED);
    assertThat(reply.getQuestion().getName()).hasToString("Example.");
    assertThat(reply.getHeader().getFlag(Flags.AA)).isFalse();
    assertThat(reply.getOPT()).isNull();
  }

  /// RFC 6891 6.1.3: BADVERS in an OPT of the highest version the responder has.
  @Test
  void saysBadVersionInOptOfVersionZero() {
    read(Packet.query("example.", 1, 1).opt(1232, 7, 0, 0));
    written.open(view, OPTIONS, out, OFFSET, LIMIT);
    written.status(Rcode.BADVERS);
    Message reply = parse();
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

  private Message fail(String text) {
    int error = ExtendedError.NO_REACHABLE_AUTHORITY;
    int limit = view.udpLimit(1232);
    written.open(view, OPTIONS, out, OFFSET, limit);
    written.status(Rcode.SERVFAIL, error, text);
    return parse();
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

  private Message parse() {
    return Asker.parse(Arrays.copyOfRange(out.array(), OFFSET, OFFSET + written.length()));
  }
}
