package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.ZoneEditor;
import io.clusterzone.zones.zone.Zones;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Names that other servers know: RFC 1034 section 4.3.2 step 3b.
final class ReferralTest {
  private static final RRset DS =
      RRset.of(5, List.of(new Rdata.Unknown(RRType.DS, "00010802" + "ab".repeat(32))));

  private static final List<String> SERVERS =
      List.of(
          "sub.cluster.local. 5 IN NS ns.sub.cluster.local.",
          "sub.cluster.local. 5 IN NS ns.sib.cluster.local.",
          "sub.cluster.local. 5 IN NS ns.example.");

  private static final List<String> ADDRESSES =
      List.of(
          "ns.sub.cluster.local. 5 IN A 10.0.0.53",
          "ns.sub.cluster.local. 5 IN AAAA fd00:0:0:0:0:0:0:53",
          "ns.sib.cluster.local. 5 IN A 10.0.0.54");

  private final Asker asker = new Asker(new Zones(List.of(zone())));

  private static Zone zone() {
    var editor = new ZoneEditor(Fixture.empty(Fixture.CLUSTER, 5));
    editor.replace(Fixture.CLUSTER, Content.of(Fixture.ns("ns.cluster.local.")));
    Fixture.put(editor, "ns", Fixture.a("10.0.0.1"));
    Fixture.put(
        editor, "sub", ns("ns.sub.cluster.local.", "ns.sib.cluster.local.", "ns.example."), DS);
    Fixture.put(editor, "ns.sub", Fixture.a("10.0.0.53"), Fixture.aaaa(0x53));
    Fixture.put(editor, "deep.sub", Fixture.ns("ns.deep.sub.cluster.local."));
    Fixture.put(editor, "*.sub", Fixture.a("10.0.0.99"));
    Fixture.put(editor, "sib", Fixture.ns("ns.sib.cluster.local."));
    Fixture.put(editor, "ns.sib", Fixture.a("10.0.0.54"));
    Fixture.put(editor, "alias", Fixture.cname("www.sub.cluster.local."));
    Fixture.put(editor, "*", Fixture.a("10.0.0.98"));
    editor.synced(true);
    return editor.finish(1).zone();
  }

  private static RRset ns(String... targets) {
    List<Rdata> rdata = new ArrayList<>();
    for (String target : targets) {
      rdata.add(new Rdata.Ns(Name.parse(target)));
    }
    return RRset.of(5, rdata);
  }

  /// "If a match would take us out of the authoritative data, we have a referral": for the cut, for
  /// the glue below it, for names that a wildcard below it would cover, for cuts below it.
  @ParameterizedTest
  @CsvSource({
    "sub, A",
    "SUB, NS",
    "sub, ANY",
    "sub, SOA",
    "ns.sub, A",
    "ns.sub, DS",
    "missing.sub, A",
    "*.sub, A",
    "deep.sub, NS",
    "deep.sub, DS",
    "a.b.deep.sub, TXT"
  })
  void refersToTheServersOfTheHighestCut(String label, String type) {
    Message reply = asker.ask(label + ".cluster.local.", Type.value(type));
    assertThat(asker.outcome()).isEqualTo(Outcome.REFERRAL);
    assertThat(reply.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(reply.getHeader().getFlag(Flags.AA)).isFalse();
    assertThat(reply.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(Asker.lines(reply, Section.ANSWER)).isEmpty();
    assertThat(Asker.lines(reply, Section.AUTHORITY))
        .usingElementComparator(String::compareToIgnoreCase)
        .containsExactlyElementsOf(SERVERS);
    assertThat(Asker.lines(reply, Section.ADDITIONAL))
        .usingElementComparator(String::compareToIgnoreCase)
        .containsExactlyElementsOf(ADDRESSES);
  }

  /// RFC 4035 section 3.1.4.1: the parent answers for DS, be it that there is none.
  @ParameterizedTest
  @CsvSource({"sub, ANSWER, 1", "sib, NODATA, 0"})
  void answersForDsAtTheCut(String label, Outcome outcome, int answers) {
    Message reply = asker.ask(label + ".cluster.local.", Type.DS);
    assertThat(asker.outcome()).isEqualTo(outcome);
    assertThat(reply.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(reply.getSection(Section.ANSWER)).hasSize(answers);
    assertThat(reply.getSection(Section.AUTHORITY)).hasSize(1 - answers);
  }

  /// The same where the child is served as well; where only the child is, it answers for itself.
  @Test
  void answersForDsFromTheParentOfItsOwnZone() {
    var child = new ZoneEditor(Fixture.empty(Name.parse("sub.cluster.local."), 5));
    child.synced(true);
    Zone sub = child.finish(1).zone();
    var both = new Asker(new Zones(List.of(zone(), sub)));
    assertThat(both.ask("sub.cluster.local.", Type.DS).getSection(Section.ANSWER)).hasSize(1);
    assertThat(both.ask("sub.cluster.local.", Type.A).getSection(Section.AUTHORITY))
        .allMatch(record -> record.getName().toString().equals("sub.cluster.local."));
    var alone = new Asker(new Zones(List.of(sub)));
    alone.ask("sub.cluster.local.", Type.DS);
    assertThat(alone.outcome()).isEqualTo(Outcome.NODATA);
  }

  /// The AA bit is about the first owner name in the answer section (RFC 1035 section 4.1.1).
  @Test
  void refersAtTheEndOfAChain() {
    Message reply = asker.ask("alias.cluster.local.", Type.A);
    assertThat(asker.outcome()).isEqualTo(Outcome.REFERRAL);
    assertThat(reply.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(Asker.lines(reply, Section.ANSWER))
        .containsExactly("alias.cluster.local. 5 IN CNAME www.sub.cluster.local.");
    assertThat(Asker.lines(reply, Section.AUTHORITY)).containsExactlyElementsOf(SERVERS);
    assertThat(Asker.lines(reply, Section.ADDITIONAL)).containsExactlyElementsOf(ADDRESSES);
  }

  /// RFC 9471 section 3.1: all glue below the cut or TC, also where additional records are not
  /// wanted. Addresses of other servers are sent if they fit (section 3.2).
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sendsAllGlueOrTruncates(boolean minimal) {
    var options = new AnswerOptions(minimal, false, 1232, Nsid.NONE);
    var limited = new Asker(new Zones(List.of(zone())), options);
    int whole = 0;
    for (int limit = 12; limit < 400; limit++) {
      Message reply = limited.ask(Asker.query("www.sub.cluster.local.", Type.A), limit);
      if (reply.getHeader().getFlag(Flags.TC)) {
        assertThat(whole).as("%d octets", limit).isZero();
        continue;
      }
      whole++;
      assertThat(Asker.lines(reply, Section.AUTHORITY)).containsExactlyElementsOf(SERVERS);
      assertThat(Asker.lines(reply, Section.ADDITIONAL))
          .startsWith(ADDRESSES.get(0), ADDRESSES.get(1))
          .hasSizeLessThanOrEqualTo(minimal ? 2 : 3);
    }
    assertThat(whole).isGreaterThan(200);
  }

  /// An NS RRset at a wildcard is not a cut: RFC 4592 section 4.2 leaves open what it is.
  @Test
  void takesNoWildcardForACut() {
    var editor = new ZoneEditor(zone());
    Fixture.put(editor, "*.w", Fixture.ns("ns.example."));
    Fixture.put(editor, "x.*.w", Fixture.a("10.0.0.7"));
    var wild = new Asker(new Zones(List.of(editor.finish(2).zone())));
    for (String label : List.of("*", "any", "a.b")) {
      Message reply = wild.ask(label + ".w.cluster.local.", Type.NS);
      assertThat(wild.outcome()).as(label).isEqualTo(Outcome.ANSWER);
      assertThat(reply.getHeader().getFlag(Flags.AA)).isTrue();
      wild.ask(label + ".w.cluster.local.", Type.A);
      assertThat(wild.outcome()).as(label).isEqualTo(Outcome.NODATA);
    }
    wild.ask("x.*.w.cluster.local.", Type.A);
    assertThat(wild.outcome()).isEqualTo(Outcome.ANSWER);
  }
}
