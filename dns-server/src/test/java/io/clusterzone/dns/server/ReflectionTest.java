package io.clusterzone.dns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.server.StageServer.Row;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// The octets that a query with somebody else's source address can make the server send over UDP.
final class ReflectionTest extends OverStageServer {
  /// Octets that an OPT record with an extended error takes (RFC 6891 section 6.1.2, RFC 8914
  /// section 2).
  private static final int OPT_WITH_ERROR = 11 + 6;

  static List<Row> large() {
    return StageServer.large();
  }

  private static Message query(String name, int type, int size) throws IOException {
    Message query = Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
    query.addRecord(new OPTRecord(size, 0, 0), Section.ADDITIONAL);
    return query;
  }

  /// RFC 9715 section 3.1 has 1,400 octets as the most; 1,232 is our default, whatever a client
  /// says it can take.
  @ParameterizedTest
  @MethodSource({"rows", "large"})
  void noReplyIsLongerThanTheCap(Row row) throws IOException {
    Message query = row.question();
    query.addRecord(new OPTRecord(65_535, 0, 0), Section.ADDITIONAL);
    assertThat(server.ask(row, query, false).length).isLessThanOrEqualTo(1232);
    assertThat(server.ask(row, row.question(), false).length).isLessThanOrEqualTo(512);
  }

  @ParameterizedTest
  @MethodSource("large")
  void moreIsToBeHadOverTcpAlone(Row row) throws IOException {
    assertThat(server.ask(row, row.question(), true).length).isGreaterThan(1232);
    byte[] cut = server.ask(row, row.question(), false);
    assertThat(new Message(cut).getHeader().getFlag(Flags.TC)).isTrue();
  }

  /// RFC 8482 section 4.1: one RRset of those at the name, or fewer.
  @ParameterizedTest
  @ValueSource(strings = {StageServer.WEB, "x.any.example.", "ok.example.", "host.example."})
  void anyGetsOneRRset(String name) throws IOException {
    byte[] octets =
        StageServer.exchange(server.address(), query(name, Type.ANY, 4096).toWire(), false);
    assertThat(new Message(octets).getSectionRRsets(Section.ANSWER)).hasSizeLessThanOrEqualTo(1);
  }

  /// A server that answers for its own zones alone says REFUSED to the rest, in no more octets than
  /// it was asked with but for the extended error.
  @ParameterizedTest
  @ValueSource(ints = {Type.A, Type.ANY, Type.NS, Type.DNSKEY, Type.TXT})
  void foreignNamesAreRefusedInFewOctets(int type) throws IOException {
    for (String name : List.of("www.example.org.", ".", "example.", "xown.example.")) {
      Message query = query(name, type, 4096);
      byte[] octets = StageServer.exchange(server.authoritative(), query.toWire(), false);
      var reply = new Message(octets);
      assertThat(reply.getRcode()).isEqualTo(Rcode.REFUSED);
      assertThat(reply.getSection(Section.ANSWER)).isEmpty();
      assertThat(reply.getSection(Section.AUTHORITY)).isEmpty();
      assertThat(octets.length).isLessThanOrEqualTo(query.toWire().length + OPT_WITH_ERROR - 11);
    }
    assertThat(server.upstream.received())
        .noneMatch(one -> one.query().getQuestion().getName().toString().contains("www"));
  }
}
