package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.ZoneEditor;
import io.clusterzone.zones.zone.Zones;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// The zone of RFC 4592 section 2.2.1, its examples, and those of section 4.
final class WildcardTest {
  private static final Name APEX = Name.parse("example.");
  private static final RRset MX =
      RRset.of(5, List.of(new Rdata.Unknown(15, "000a05686f737431076578616d706c6500")));

  private final Asker asker = new Asker(new Zones(List.of(zone())));

  private static Zone zone() {
    var editor = new ZoneEditor(Fixture.empty(APEX, 5));
    editor.replace(APEX, Content.of(Fixture.ns("ns.example.com.")));
    put(editor, "*", txt("this is a wildcard"), MX);
    put(editor, "sub.*", txt("this is not a wildcard"));
    put(editor, "host1", Fixture.a("192.0.2.1"));
    put(editor, "_ssh._tcp.host1", Fixture.srv("host1.example.", 22));
    put(editor, "_ssh._tcp.host2", Fixture.srv("host2.example.", 22));
    put(editor, "subdel", Fixture.ns("ns.example.com."));
    put(editor, "*.alias", Fixture.cname("host1.example."));
    put(editor, "*.loop", Fixture.cname("a.loop.example."));
    put(editor, "below.*.empty", Fixture.a("192.0.2.2"));
    put(editor, "*.a.*.two", Fixture.a("192.0.2.3"));
    editor.synced(true);
    return editor.finish(1).zone();
  }

  private static void put(ZoneEditor editor, String labels, RRset... rrsets) {
    editor.replace(Name.parse(labels + ".example."), Content.of(rrsets));
  }

  private static RRset txt(String text) {
    return RRset.of(5, List.of(new Rdata.Txt(List.of(text))));
  }

  /// The closest encloser decides: a wildcard covers what is missing directly below it, at any
  /// depth, but for what exists, be it without records.
  @ParameterizedTest
  @CsvSource({
    "host3, MX, ANSWER, MX 10 host1.example.",
    "host3, A, NODATA,",
    "foo.bar, TXT, ANSWER, TXT \"this is a wildcard\"",
    "host1, MX, NODATA,",
    "sub.*, MX, NODATA,",
    "sub.*, TXT, ANSWER, TXT \"this is not a wildcard\"",
    "_telnet._tcp.host1, SRV, NXDOMAIN,",
    "_telnet._tcp.host1, TXT, NXDOMAIN,",
    "host.subdel, A, REFERRAL,",
    "ghost.*, MX, NXDOMAIN,",
    "*, TXT, ANSWER, TXT \"this is a wildcard\"",
    "*, A, NODATA,",
    "host2, MX, NODATA,",
    "_tcp.host2, MX, NODATA,",
    "other.host2, MX, NXDOMAIN,",
    "x.alias, A, ANSWER, CNAME host1.example.",
    "x.alias, CNAME, ANSWER, CNAME host1.example.",
    "*.alias, A, ANSWER, CNAME host1.example.",
    "x.y.alias, AAAA, NODATA, CNAME host1.example.",
    "alias, A, NODATA,",
    "a.loop, A, LOOP,",
    "x.empty, A, NODATA,",
    "*.empty, A, NODATA,",
    "below.x.empty, A, NODATA,",
    "below.*.empty, A, ANSWER, A 192.0.2.2",
    "x.a.*.two, A, ANSWER, A 192.0.2.3",
    "x.a.y.two, A, NODATA,",
    "b.*.two, A, NXDOMAIN,"
  })
  void decidesByTheClosestEncloser(String labels, String type, Outcome outcome, String first) {
    String name = labels + ".example.";
    Message reply = asker.ask(name, Type.value(type));
    assertThat(asker.outcome()).isEqualTo(outcome);
    List<String> lines = Asker.lines(reply, Section.ANSWER);
    if (first == null) {
      assertThat(lines).isEmpty();
    } else {
      assertThat(lines.getFirst()).isEqualTo(name + " 5 IN " + first);
    }
  }
}
