package io.clusterzone.zones.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The content that a digest depends on, and the rest. [ZoneEditorRandomTest] has the arithmetic.
class ZoneDigestTest {
  private static final Name APEX = Name.parse("cluster.local.");
  private static final Name SERVER = Name.parse("ns.dns.cluster.local.");
  private static final Name OWNER = Name.parse("web.shop.svc.cluster.local.");
  private static final Rdata A = new Rdata.A(1);

  /// 20 targets, too long for the packed form.
  private static final List<Rdata> MANY =
      IntStream.range(0, 20)
          .mapToObj(i -> (Rdata) new Rdata.Ptr(Name.parse("Pod-" + i + ".some.where.example.")))
          .toList();

  @Test
  void isTheSameInEveryProcess() {
    Zone zone = zone(Map.of(OWNER, content(5, A), APEX, content(5, new Rdata.Ns(SERVER))));
    assertThat(zone.digest()).isEqualTo(-8668870344957251794L);
  }

  @Test
  void tellsContentApart() {
    Set<Long> digests = new HashSet<>();
    List<Map<Name, Content>> all =
        List.of(
            Map.of(),
            Map.of(OWNER, Content.EMPTY),
            Map.of(OWNER, new Content(List.of(), Set.of(Trait.EXISTS, Trait.FIXED))),
            Map.of(OWNER, content(5, A)),
            Map.of(OWNER, content(6, A)),
            Map.of(OWNER, content(5, new Rdata.A(2))),
            Map.of(OWNER, content(5, A, new Rdata.A(2))),
            Map.of(OWNER.parent(), content(5, A)),
            Map.of(OWNER, content(5, new Rdata.Aaaa(0, 1))),
            Map.of(OWNER, content(5, new Rdata.Cname(SERVER))),
            Map.of(OWNER, content(5, new Rdata.Ptr(SERVER))),
            Map.of(OWNER, content(5, new Rdata.Ns(SERVER))),
            Map.of(OWNER, content(5, new Rdata.Srv(0, 1, 2, SERVER))),
            Map.of(OWNER, content(5, new Rdata.Srv(0, 1, 3, SERVER))),
            Map.of(OWNER, content(5, new Rdata.Txt(List.of("a")))),
            // Octets, not letters.
            Map.of(OWNER, content(5, new Rdata.Txt(List.of("A")))),
            Map.of(OWNER, content(5, new Rdata.A(0x41))),
            Map.of(OWNER, content(5, new Rdata.A(0x61))),
            Map.of(OWNER, content(5, MANY.toArray(Rdata[]::new))));
    all.forEach(contents -> digests.add(zone(contents).digest()));
    assertThat(digests).hasSameSizeAs(all);
  }

  @Test
  void takesRecordsInAnyOrderAndSpelling() {
    List<Rdata> reversed = new ArrayList<>(MANY).reversed();
    List<Rdata> lower =
        reversed.stream()
            .map(ptr -> (Rdata) new Rdata.Ptr(((Rdata.Ptr) ptr).target().folded()))
            .toList();
    assertThat(zone(Map.of(OWNER, content(5, lower.toArray(Rdata[]::new)))).digest())
        .isEqualTo(zone(Map.of(OWNER, content(5, MANY.toArray(Rdata[]::new)))).digest());
    assertThat(zone(Map.of(OWNER, content(5, new Rdata.Cname(Name.parse("A.Example."))))).digest())
        .isEqualTo(
            zone(Map.of(OWNER, content(5, new Rdata.Cname(Name.parse("a.example."))))).digest());
  }

  @Test
  void leavesOutWhatReplicasHaveOfTheirOwn() {
    Zone one =
        zone(
            Map.of(
                SERVER,
                content(5, A),
                APEX,
                content(5, new Rdata.Ns(SERVER)),
                OWNER,
                content(5, A)));
    var editor = new ZoneEditor(one);
    editor.replace(SERVER, content(5, new Rdata.A(2), new Rdata.A(3)));
    editor.replace(APEX, content(5, new Rdata.Ns(OWNER)));
    assertThat(editor.finish(77).zone().digest()).isEqualTo(one.digest());
    editor = new ZoneEditor(one);
    editor.replace(SERVER, content(5, new Rdata.Txt(List.of("not an address"))));
    assertThat(editor.finish(77).zone().digest()).isNotEqualTo(one.digest());
  }

  private static Content content(int ttlSeconds, Rdata... rdata) {
    return Content.of(RRset.of(ttlSeconds, List.of(rdata)));
  }

  private static Zone zone(Map<Name, Content> contents) {
    var editor =
        new ZoneEditor(Zone.of(APEX, new Rdata.Soa(SERVER, APEX, 0, 7200, 1800, 86400, 5), 5));
    contents.forEach(editor::replace);
    return editor.finish(1).zone();
  }
}
