package io.clusterzone.dns.compare.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.dns.compare.ComparedQuestion;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.ZoneEditor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ZoneQuestionsTest {
  private static final Name APEX = Name.parse("cluster.local");

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Each name with each type that it has or could have.
        "web.shop.svc.cluster.local. A",
        "web.shop.svc.cluster.local. HTTPS",
        "_http._tcp.web.shop.svc.cluster.local. SRV",
        // Empty non-terminals.
        "shop.svc.cluster.local. TXT",
        "_tcp.web.shop.svc.cluster.local. A",
        // Near misses.
        "wex.shop.svc.cluster.local. A",
        "x.web.shop.svc.cluster.local. SOA",
        "http.tcp.web.shop.svc.cluster.local. SRV",
        "_._.web.shop.svc.cluster.local. SRV",
        "nobody.svc.cluster.local. A",
        // Case.
        "WeB.ShOp.SvC.ClUsTeR.LoCaL. A",
        // What a search list makes of a whole name.
        "web.shop.svc.cluster.local.shop.svc.cluster.local. A",
        "web.shop.svc.cluster.local.svc.cluster.local. AAAA",
        "web.shop.svc.cluster.local.cluster.local. A",
        "www.example.org.shop.svc.cluster.local. A",
        // Names of the zone itself.
        "dns-version.cluster.local. A",
        "ns.dns.cluster.local. TXT",
        "cluster.local. NS"
      })
  void asksForWhatCouldBeAnsweredOtherwise(String question) throws IOException {
    assertThat(texts(100_000)).contains(question);
  }

  @Test
  void asksEachOnceAndTheSameEachTimeWithinTheLimit() throws IOException {
    List<String> all = texts(100_000);
    assertThat(all).doesNotHaveDuplicates().isEqualTo(texts(100_000));
    assertThat(ZoneQuestions.count(List.of(zone()), 100_000)).isEqualTo(all.size());
    assertThat(texts(50)).hasSizeLessThanOrEqualTo(50).isSubsetOf(all);
  }

  private static List<String> texts(int limit) throws IOException {
    List<String> texts = new ArrayList<>();
    QuestionSource source = ZoneQuestions.of(List.of(zone()), limit);
    ComparedQuestion question = source.next();
    while (question != null) {
      String edns = question.udpSize() + " " + question.ednsFlags() + " " + question.opcode();
      boolean plain = edns.equals("1232 0 0") && question.recordClass() == 1;
      texts.add(question.name() + " " + question.typeText() + (plain ? "" : " " + question));
      question = source.next();
    }
    return texts;
  }

  private static Zone zone() {
    var soa = new Rdata.Soa(APEX, APEX, 1, 2, 3, 4, 5);
    var editor = new ZoneEditor(Zone.of(APEX, soa, 5));
    Name web = Name.parse("web.shop.svc.cluster.local");
    editor.replace(web, Content.of(RRset.of(5, List.of(new Rdata.A(1)))));
    editor.replace(
        Name.parse("_http._tcp.web.shop.svc.cluster.local"),
        Content.of(RRset.of(5, List.of(new Rdata.Srv(0, 100, 80, web)))));
    return editor.finish(2).zone();
  }
}
