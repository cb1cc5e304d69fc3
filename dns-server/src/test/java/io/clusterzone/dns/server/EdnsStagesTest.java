package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.forward.FakeUpstream;
import io.clusterzone.dns.server.StageServer.Row;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Wherever a query ends, the reply has an OPT record if the query had one, and none if it had
/// none.
final class EdnsStagesTest extends OverStageServer {
  private static Message with(OPTRecord opt, Row row) throws IOException {
    Message query = row.question();
    query.addRecord(opt, Section.ADDITIONAL);
    return query;
  }

  private static long opts(Message reply) {
    return reply.getSection(Section.ADDITIONAL).stream()
        .filter(record -> record.getType() == Type.OPT)
        .count();
  }

  /// RFC 6891 section 7: "Lack of presence of an OPT record in a request MUST be taken as an
  /// indication that the requestor does not implement any part of this specification and that the
  /// responder MUST NOT include an OPT record in its response."
  @ParameterizedTest
  @MethodSource("rows")
  void noneForNone(Row row) throws IOException {
    for (boolean tcp : new boolean[] {false, true}) {
      byte[] octets = server.ask(row, row.question(), tcp);
      Message reply = new Message(octets);
      assertThat(Rcode.string(reply.getRcode())).isEqualTo(row.rcode());
      assertThat(opts(reply)).isZero();
      assertThat(octets.length).isLessThanOrEqualTo(512);
    }
  }

  /// RFC 6891 section 6.1.1: "If an OPT record is present in a received request, compliant
  /// responders MUST include an OPT record in their respective responses."
  @ParameterizedTest
  @MethodSource("rows")
  void oneForOne(Row row) throws IOException {
    var unknown = new GenericEDNSOption(65_001, new byte[] {1, 2, 3});
    List<OPTRecord> asked =
        List.of(
            new OPTRecord(1232, 0, 0, 0),
            new OPTRecord(4096, 0, 0, ExtendedFlags.DO),
            new OPTRecord(0, 0, 0, 0x7fff, List.of(unknown)));
    for (OPTRecord opt : asked) {
      for (boolean tcp : new boolean[] {false, true}) {
        Message reply = new Message(server.ask(row, with(opt, row), tcp));
        assertThat(Rcode.string(reply.getRcode())).isEqualTo(row.rcode());
        assertThat(opts(reply)).isEqualTo(1);
        assertThat(reply.getOPT().getVersion()).isZero();
        assertThat(reply.getOPT().getFlags()).isEqualTo(opt.getFlags() & ExtendedFlags.DO);
        assertThat(reply.getOPT().getPayloadSize()).isEqualTo(1232);
        assertThat(reply.getOPT().getOptions(65_001)).isEmpty();
      }
    }
  }

  /// RFC 6891 section 6.1.3: "If a responder does not implement the VERSION level of the request,
  /// then it MUST respond with RCODE=BADVERS." No stage sees such a query.
  @ParameterizedTest
  @MethodSource("rows")
  void badversBeforeAnyStage(Row row) throws IOException {
    int before = server.upstream.received().size();
    for (boolean tcp : new boolean[] {false, true}) {
      Message query = with(new OPTRecord(1232, 0, 1, 0), row);
      Message reply = new Message(StageServer.exchange(server.address(), query.toWire(), tcp));
      assertThat(reply.getRcode()).isEqualTo(Rcode.BADVERS);
      assertThat(opts(reply)).isEqualTo(1);
      assertThat(reply.getOPT().getVersion()).isZero();
      assertThat(reply.getSection(Section.ANSWER)).isEmpty();
    }
    assertThat(server.upstream.received()).hasSize(before);
  }

  /// RFC 6891 section 6.1.1: OPT is not forwarded. An upstream sees one of ours, whatever the
  /// client sent.
  @ParameterizedTest
  @MethodSource("rows")
  void upstreamsSeeOurOwn(Row row) throws IOException {
    server.ask(row, row.question(), false);
    server.ask(row, with(new OPTRecord(512, 0, 0, 0), row), true);
    for (FakeUpstream.Received received : server.upstream.received()) {
      assertThat(opts(received.query())).isEqualTo(1);
      assertThat(received.query().getOPT().getPayloadSize()).isEqualTo(1232);
      assertThat(received.query().getOPT().getVersion()).isZero();
      assertThat(received.query().getOPT().getOptions()).isEmpty();
    }
  }
}
