package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.zone.Zones;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Answers from zones whose source has not been heard since an earlier time are what they were, and
/// say so to those who can read it.
class StaleAnswerTest {
  private final Asker fresh = new Asker(Fixture.cluster());
  private final Asker stale = new Asker(Fixture.stale());

  /// RFC 8914 4.4, Stale Answer: "decided to answer with previously cached data instead of
  /// answering with an error"; 4.20, Stale NXDOMAIN Answer: "decided to answer with a previously
  /// cached NXDOMAIN answer instead of answering with an error".
  @ParameterizedTest
  @CsvSource({
    "web.shop.svc.cluster.local., A, 3",
    "db.shop.svc.cluster.local., A, 3",
    "alias2.shop.svc.cluster.local., A, 3",
    "out.shop.svc.cluster.local., A, 3",
    "web.shop.svc.cluster.local., TXT, 3",
    "svc.cluster.local., A, 3",
    "1.0.96.10.in-addr.arpa., PTR, 3",
    "no.shop.svc.cluster.local., A, 19",
    "gone.shop.svc.cluster.local., A, 19",
    "9.9.9.10.in-addr.arpa., PTR, 19",
    "self.shop.svc.cluster.local., A, 22",
    "example., A, 20",
  })
  void saySoInAnExtendedError(String name, String type, int code) {
    Message then = ask(fresh, name, Type.value(type), 1232);
    Message now = ask(stale, name, Type.value(type), 1232);
    assertThat(codes(now)).containsExactly(code);
    assertThat(now.getRcode()).isEqualTo(then.getRcode());
    assertThat(now.getHeader().getFlag(Flags.AA)).isEqualTo(then.getHeader().getFlag(Flags.AA));
    for (int section : List.of(Section.ANSWER, Section.AUTHORITY, Section.ADDITIONAL)) {
      assertThat(Asker.lines(now, section))
          .containsExactlyInAnyOrderElementsOf(Asker.lines(then, section));
    }
  }

  /// RFC 8914 3: the option is for clients that sent an OPT record.
  @Test
  void saySoToNobodyElse() {
    Message reply = stale.ask("web.shop.svc.cluster.local.", Type.A);
    assertThat(reply.getOPT()).isNull();
    assertThat(reply.getSection(Section.ANSWER)).hasSize(1);
  }

  /// An answer of a chain is as old as its oldest part.
  @Test
  void aChainIsStaleWhereAnyPartIs() {
    var mixed =
        new Asker(new Zones(List.of(Fixture.forward(true), Fixture.stale(Fixture.reverse()))));
    assertThat(codes(ask(mixed, "gone-reverse.shop.svc.cluster.local.", Type.PTR, 1232)))
        .containsExactly(19);
    assertThat(codes(ask(mixed, "web.shop.svc.cluster.local.", Type.A, 1232))).isEmpty();
  }

  /// RFC 8914 3: what explains the reply is no reason for it to lose records that fit, and is left
  /// out itself only where nothing else would be.
  @Test
  void noRecordTakesItsRoom() {
    int whole = length(fresh, "web.shop.svc.cluster.local.", Type.SRV, 1232);
    Message reply = ask(stale, "web.shop.svc.cluster.local.", Type.SRV, whole);
    assertThat(codes(reply)).containsExactly(3);
    assertThat(reply.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(reply.getSection(Section.ANSWER)).hasSize(2);
  }

  /// A client that asks by DNS over UDP with no more room than the question takes gets a header.
  @Test
  void aReplyOfNoRoomIsAHeader() {
    Message reply = ask(stale, "web.shop.svc.cluster.local.", Type.A, 20);
    assertThat(reply.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(reply.getRcode()).isEqualTo(Rcode.NOERROR);
  }

  private static Message ask(Asker asker, String name, int type, int limit) {
    return asker.ask(query(name, type), limit);
  }

  private static int length(Asker asker, String name, int type, int limit) {
    return asker.exchange(query(name, type).toWire(), limit).length;
  }

  private static Message query(String name, int type) {
    Message query = Asker.query(name, type);
    query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
    return query;
  }

  private static List<Integer> codes(Message reply) {
    var opt = reply.getOPT();
    assertThat(opt).isNotNull();
    return opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).stream()
        .map(option -> ((ExtendedErrorCodeOption) option).getErrorCode())
        .toList();
  }
}
