package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/// Operations other than QUERY, and responses: over every transport the same, and never forwarded.
final class OpcodeTest extends OverStageServer {
  static Stream<Arguments> operations() {
    return Stream.of(StageServer.WEB, "ok.example.", ".")
        .flatMap(name ->
            Stream.iterate(1, opcode -> opcode < 16, opcode -> opcode + 1)
                .flatMap(opcode ->
                    Stream.of(
                        Arguments.of(opcode, name, false), Arguments.of(opcode, name, true))));
  }

  private static Message question(String name) throws IOException {
    return Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN));
  }

  /// RFC 1035 section 4.1.1: "Not Implemented - The name server does not support the requested kind
  /// of query."
  @ParameterizedTest
  @MethodSource("operations")
  void areNotImplemented(int opcode, String name, boolean edns) throws IOException {
    Message query = question(name);
    query.getHeader().setOpcode(opcode);
    if (edns) {
      query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    }
    checkNotImplemented(query);
  }

  /// RFC 2136 section 2.3: an update may have any number of records in each of its sections.
  @ParameterizedTest
  @CsvSource({"cluster.local., web.shop.svc.cluster.local.", "example., ok.example."})
  void noUpdateIsForwarded(String zone, String owner) throws IOException {
    var update = new Update(Name.fromString(zone));
    for (int i = 1; i < 20; i++) {
      var name = Name.fromString(owner);
      update.add(new ARecord(name, DClass.IN, 60, new byte[] {(byte) 192, 0, 2, (byte) i}));
      update.present(Name.fromString("n" + i, name));
    }
    checkNotImplemented(update);
  }

  private void checkNotImplemented(Message query) throws IOException {
    for (boolean tcp : new boolean[] {false, true}) {
      byte[] octets = StageServer.exchange(server.address(), query.toWire(), tcp);
      var reply = new Message(octets);
      assertThat(reply.getRcode()).isEqualTo(Rcode.NOTIMP);
      assertThat(reply.getHeader().getOpcode()).isEqualTo(query.getHeader().getOpcode());
      assertThat(reply.getHeader().getID()).isEqualTo(query.getHeader().getID());
      assertThat(octets).hasSize(12);
    }
    assertThat(server.upstream.received()).isEmpty();
  }

  /// Two servers that answer responses would answer each other for ever.
  @ParameterizedTest
  @MethodSource("operations")
  void aResponseIsNotAnswered(int opcode, String name, boolean edns) throws IOException {
    Message response = question(name);
    response.getHeader().setFlag(Flags.QR);
    response.getHeader().setOpcode(edns ? opcode : 0);
    Message query = question(StageServer.WEB);
    for (boolean tcp : new boolean[] {false, true}) {
      byte[][] both = {response.toWire(), query.toWire()};
      var reply = new Message(StageServer.firstReply(server.address(), both, tcp));
      assertThat(reply.getHeader().getID()).isEqualTo(query.getHeader().getID());
    }
    assertThat(server.upstream.received()).as(Arrays.toString(response.toWire())).isEmpty();
  }
}
