package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.zone.ZoneEditor;
import io.clusterzone.zones.zone.Zones;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// The outcomes that are not plain answers: what the caller learns, and what the client gets.
class OutcomeTest {
  private final Asker asker = new Asker(Fixture.cluster());
  private final Asker learning = new Asker(new Zones(List.of(Fixture.forward(false))));

  @Test
  void tellsWhereAChainLeavesOurZones() {
    Message reply = asker.ask("out.shop.svc.cluster.local.", Type.A);
    assertThat(asker.outcome()).isEqualTo(Outcome.ALIAS);
    assertThat(asker.responder().aliases()).isEqualTo(1);
    assertThat(asker.responder().aliasTarget()).hasToString("www.Example.com.");
    assertThat(reply.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(reply.getSection(Section.AUTHORITY)).isEmpty();
  }

  /// Fall-through is for names that do not exist, not for aliases whose end does not.
  @ParameterizedTest
  @CsvSource({"no.shop.svc.cluster.local., 0", "gone.shop.svc.cluster.local., 1"})
  void tellsAMissingNameFromAMissingEndOfChain(String name, int aliases) {
    asker.ask(name, Type.A);
    assertThat(asker.outcome()).isEqualTo(Outcome.NXDOMAIN);
    assertThat(asker.responder().aliases()).isEqualTo(aliases);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "www.example.com.",
        "local.",
        ".",
        "xcluster.local.",
        "cluster.local.example.",
        "11.in-addr.arpa."
      })
  void refusesNamesOfOtherZones(String name) {
    Message reply = ask(asker, name, Type.A);
    assertThat(asker.outcome()).isEqualTo(Outcome.NOT_OURS);
    assertThat(reply.getRcode()).isEqualTo(Rcode.REFUSED);
    assertThat(reply.getHeader().getFlag(Flags.AA)).isFalse();
    assertThat(extendedError(reply).getErrorCode())
        .isEqualTo(ExtendedErrorCodeOption.NOT_AUTHORITATIVE);
  }

  @Test
  void refusesEverythingWithoutZones() {
    var nothing = new Asker(Zones.NONE);
    assertThat(nothing.ask("cluster.local.", Type.SOA).getRcode()).isEqualTo(Rcode.REFUSED);
  }

  /// A chain of 11 is followed, the twelfth alias is one too many (as in CoreDNS), whatever it
  /// leads to.
  @Test
  void followsElevenAliases() {
    for (int length = 1; length <= 50; length++) {
      Message reply = ask(asker, "chain" + length + ".shop.svc.cluster.local.", Type.A);
      boolean answered = length <= 11;
      assertThat(asker.outcome())
          .as("%d aliases", length)
          .isEqualTo(answered ? Outcome.ANSWER : Outcome.LOOP);
      assertThat(reply.getSection(Section.ANSWER)).hasSize(answered ? length + 1 : 0);
      assertThat(reply.getRcode()).isEqualTo(answered ? Rcode.NOERROR : Rcode.SERVFAIL);
      if (!answered) {
        assertThat(extendedError(reply).getErrorCode())
            .isEqualTo(ExtendedErrorCodeOption.NO_REACHABLE_AUTHORITY);
      }
    }
  }

  @Test
  void failsOnLoopsOfAnyLength() {
    for (int length = 1; length <= 50; length++) {
      var editor = new ZoneEditor(Fixture.forward(true));
      for (int i = 0; i < length; i++) {
        String next = "round" + (i + 1) % length + ".svc.cluster.local.";
        Fixture.put(editor, "round" + i + ".svc", Fixture.cname(next));
      }
      var looping = new Asker(new Zones(List.of(editor.finish(8).zone())));
      Message reply = ask(looping, "round0.svc.cluster.local.", Type.A);
      assertThat(looping.outcome()).as("%d aliases", length).isEqualTo(Outcome.LOOP);
      assertThat(reply.getRcode()).isEqualTo(Rcode.SERVFAIL);
      assertThat(extendedError(reply).getErrorCode())
          .isEqualTo(ExtendedErrorCodeOption.NO_REACHABLE_AUTHORITY);
    }
  }

  /// RFC 1034 3.6.2: "CNAME chains should be followed and CNAME loops signalled as an error."
  @ParameterizedTest
  @ValueSource(strings = {"self", "ping", "pong"})
  void failsOnLoopsAndNamesThem(String label) {
    String name = label + ".shop.svc.cluster.local.";
    Message reply = ask(asker, name, Type.A);
    assertThat(reply.getRcode()).isEqualTo(Rcode.SERVFAIL);
    assertThat(reply.getHeader().getFlag(Flags.AA)).isFalse();
    assertThat(reply.getSection(Section.ANSWER)).isEmpty();
    assertThat(reply.getSection(Section.AUTHORITY)).isEmpty();
    assertThat(extendedError(reply).getErrorCode())
        .isEqualTo(ExtendedErrorCodeOption.NO_REACHABLE_AUTHORITY);
    assertThat(extendedError(reply).getText()).contains(name);
  }

  /// RFC 8914 4.15: "The server is unable to answer the query, as it was not fully functional when
  /// the query was received."
  @ParameterizedTest
  @CsvSource({
    "no.shop.svc.cluster.local., A",
    "a.b.c.svc.cluster.local., A",
    "web.shop.svc.cluster.local., AAAA",
    "shop.svc.cluster.local., A",
    "no.svc.cluster.local., SOA",
    "host1.wild.shop.svc.cluster.local., TXT",
    "10-1-2.shop.pod.cluster.local., A",
    "gone.shop.svc.cluster.local., A"
  })
  void doesNotDenyWhileLearning(String name, String type) {
    Message reply = ask(learning, name, Type.value(type));
    assertThat(learning.outcome()).isEqualTo(Outcome.NOT_READY);
    assertThat(reply.getRcode()).isEqualTo(Rcode.SERVFAIL);
    assertThat(reply.getHeader().getFlag(Flags.AA)).isFalse();
    assertThat(reply.getSection(Section.AUTHORITY)).isEmpty();
    assertThat(reply.getSection(Section.ANSWER)).isEmpty();
    assertThat(extendedError(reply).getErrorCode()).isEqualTo(ExtendedErrorCodeOption.NOT_READY);
  }

  @ParameterizedTest
  @CsvSource({
    "web.shop.svc.cluster.local., A, ANSWER",
    "cluster.local., SOA, ANSWER",
    "svc.cluster.local., A, NODATA",
    "10-1-2-3.shop.pod.cluster.local., A, ANSWER",
    "10-1-2-3.shop.pod.cluster.local., AAAA, NODATA",
    "alias.shop.svc.cluster.local., A, ANSWER",
    "out.shop.svc.cluster.local., A, ALIAS"
  })
  void answersWhatItKnowsWhileLearning(String name, String type, Outcome expected) {
    Message reply = ask(learning, name, Type.value(type));
    assertThat(learning.outcome()).isEqualTo(expected);
    assertThat(reply.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(reply.getHeader().getFlag(Flags.AA)).isTrue();
  }

  /// A zone may be below another of ours, whether or not it is cut off there: the longest match by
  /// labels decides.
  @Test
  void answersFromTheLongestZone() {
    var below = Fixture.empty(Name.parse("svc.cluster.local."), 5);
    var both = new Asker(new Zones(List.of(Fixture.forward(true), below)));
    Message reply = both.ask("svc.cluster.local.", Type.SOA);
    assertThat(reply.getSection(Section.ANSWER).getFirst().getName())
        .hasToString("svc.cluster.local.");
    assertThat(both.ask("pod.cluster.local.", Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(both.ask("xsvc.cluster.local.", Type.A).getSection(Section.AUTHORITY).getFirst())
        .hasToString(asker.ask("xsvc.cluster.local.", Type.A).getSection(2).getFirst().toString());
  }

  private static Message ask(Asker asker, String name, int type) {
    Message query = Asker.query(name, type);
    query.addRecord(new org.xbill.DNS.OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    return asker.ask(query, 1232);
  }

  private static ExtendedErrorCodeOption extendedError(Message reply) {
    var opt = reply.getOPT();
    assertThat(opt).isNotNull();
    return (ExtendedErrorCodeOption) opt.getOptions(EDNSOption.Code.EDNS_EXTENDED_ERROR).getFirst();
  }
}
