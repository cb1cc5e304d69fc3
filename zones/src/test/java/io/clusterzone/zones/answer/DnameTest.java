package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.ZoneEditor;
import io.clusterzone.zones.zone.Zones;
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

/// Names below a DNAME: RFC 6672.
final class DnameTest {
  private static final int DNAME_TTL = 77;
  private static final String LONG = "x".repeat(63);

  private final Asker asker = new Asker(new Zones(List.of(zone())));

  private static Zone zone() {
    var editor = new ZoneEditor(Fixture.empty(Fixture.CLUSTER, 5));
    Fixture.put(editor, "old", dname("New.cluster.local."), Fixture.a("10.0.0.1"));
    Fixture.put(editor, "hidden.old", Fixture.a("10.0.0.2"));
    Fixture.put(editor, "cut.old", Fixture.ns("ns.example."));
    Fixture.put(editor, "www.new", Fixture.a("10.0.0.3"));
    Fixture.put(editor, "cut.new", Fixture.ns("ns.cut.new.cluster.local."));
    Fixture.put(editor, "out", dname("example."));
    Fixture.put(editor, "root", dname("."));
    Fixture.put(editor, "round", dname("round.cluster.local."));
    Fixture.put(editor, "long", dname(LONG + "." + LONG + ".cluster.local."));
    Fixture.put(editor, "*.wild", dname("new.cluster.local."));
    for (int i = 1; i <= 20; i++) {
      String target = i == 1 ? "new" : "step" + (i - 1);
      Fixture.put(editor, "step" + i, dname(target + ".cluster.local."));
    }
    editor.synced(true);
    return editor.finish(1).zone();
  }

  private static RRset dname(String target) {
    return RRset.of(DNAME_TTL, List.of(new Rdata.Dname(Name.parse(target))));
  }

  /// Section 3.1: the CNAME has the TTL of the DNAME, and both are sent.
  @ParameterizedTest
  @CsvSource({
    "www.old, A, ANSWER, www.New.cluster.local., 3",
    "www.old, TXT, NODATA, www.New.cluster.local., 2",
    "hidden.old, A, NXDOMAIN, hidden.New.cluster.local., 2",
    "cut.old, A, REFERRAL, cut.New.cluster.local., 2",
    "a.cut.old, A, REFERRAL, a.cut.New.cluster.local., 2",
    "a.b.out, A, ALIAS, a.b.example., 2",
    "a.b.root, A, ALIAS, a.b., 2",
    "www.old, CNAME, ANSWER, www.New.cluster.local., 2",
    "www.old, ANY, ANSWER, www.New.cluster.local., 2"
  })
  void makesAliasesOfTheNamesBelow(
      String label, String type, Outcome outcome, String target, int answers) {
    String name = label + ".cluster.local.";
    Message reply = asker.ask(name, Type.value(type));
    assertThat(asker.outcome()).isEqualTo(outcome);
    assertThat(reply.getHeader().getFlag(Flags.AA)).isTrue();
    List<String> lines = Asker.lines(reply, Section.ANSWER);
    assertThat(lines).hasSize(answers);
    String owner = label.substring(label.lastIndexOf('.') + 1) + ".cluster.local.";
    assertThat(lines.getFirst()).startsWith(owner + " 77 IN DNAME ");
    assertThat(lines.get(1)).isEqualTo(name + " 77 IN CNAME " + target);
  }

  /// Section 2.3: the owner itself is not redirected.
  @ParameterizedTest
  @CsvSource({"A, ANSWER", "DNAME, ANSWER", "ANY, ANSWER", "TXT, NODATA", "CNAME, NODATA"})
  void leavesTheOwnerAlone(String type, Outcome outcome) {
    Message reply = asker.ask("old.cluster.local.", Type.value(type));
    assertThat(asker.outcome()).isEqualTo(outcome);
    assertThat(reply.getSection(Section.ANSWER)).hasSize(outcome == Outcome.ANSWER ? 1 : 0);
  }

  @Test
  void tellsWhereAChainLeavesOurZones() {
    asker.ask("a.b.out.cluster.local.", Type.A);
    assertThat(asker.responder().aliasTarget()).hasToString("a.b.example.");
  }

  /// Section 2.2: "If the substitution would produce a name longer than 255 octets", YXDOMAIN. Here
  /// the target takes 128 + 15 octets.
  @Test
  void saysThatANameWouldBeTooLong() {
    for (int octets = 100; octets <= 126; octets++) {
      String below = LONG + "." + "y".repeat(octets - LONG.length() - 2);
      Message reply = asker.ask(Asker.query(below + ".long.cluster.local.", Type.A), 1232);
      boolean fits = octets + 143 <= 255;
      assertThat(asker.outcome())
          .as("%d octets", octets)
          .isEqualTo(fits ? Outcome.NXDOMAIN : Outcome.TOO_LONG);
      assertThat(reply.getRcode()).isEqualTo(fits ? Rcode.NXDOMAIN : Rcode.YXDOMAIN);
      assertThat(reply.getHeader().getFlag(Flags.AA)).isTrue();
      assertThat(reply.getSection(Section.ANSWER)).hasSize(fits ? 2 : 1);
      assertThat(reply.getSection(Section.ANSWER).getFirst().getType()).isEqualTo(Type.DNAME);
    }
  }

  /// Each counts as an alias.
  @ParameterizedTest
  @ValueSource(strings = {"www.step12", "www.round"})
  void failsOnLoopsAndLongChains(String label) {
    Message reply = asker.ask(label + ".cluster.local.", Type.A);
    assertThat(asker.outcome()).isEqualTo(Outcome.LOOP);
    assertThat(reply.getRcode()).isEqualTo(Rcode.SERVFAIL);
    assertThat(reply.getSection(Section.ANSWER)).isEmpty();
    Message longest = asker.ask(Asker.query("www.step11.cluster.local.", Type.A), 1232);
    assertThat(longest.getSection(Section.ANSWER)).hasSize(23);
  }

  /// RFC 4592 section 4.4 discourages it: a DNAME at a wildcard is data to the names it covers, and
  /// redirects those below itself alone.
  @Test
  void redirectsNothingThatAWildcardCovers() {
    asker.ask("any.wild.cluster.local.", Type.DNAME);
    assertThat(asker.outcome()).isEqualTo(Outcome.ANSWER);
    asker.ask("www.any.wild.cluster.local.", Type.A);
    assertThat(asker.outcome()).isEqualTo(Outcome.NODATA);
    Message reply = asker.ask("www.*.wild.cluster.local.", Type.A);
    assertThat(Asker.lines(reply, Section.ANSWER))
        .contains("www.*.wild.cluster.local. 77 IN CNAME www.new.cluster.local.");
  }

  /// RFC 6672 section 2.5: the target of a DNAME is not compressed; everything else may be.
  @Test
  void decodesAtEverySize() {
    for (String label : List.of("www.step10", "missing.step5", "a.cut.old")) {
      String name = label + ".cluster.local.";
      List<String> whole = Asker.lines(asker.ask(Asker.query(name, 1), 4096), Section.ANSWER);
      for (int limit = 12; limit < 1400; limit++) {
        Message reply = asker.ask(Asker.query(name, Type.A), limit);
        List<String> lines = Asker.lines(reply, Section.ANSWER);
        assertThat(lines)
            .as("%s, %d octets", name, limit)
            .isEqualTo(whole.subList(0, lines.size()));
        if (lines.size() < whole.size()) {
          assertThat(reply.getHeader().getFlag(Flags.TC)).isTrue();
        }
      }
    }
  }
}
