package io.clusterzone.zones.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ZoneEditorTest {
  private static final Name APEX = Name.parse("cluster.local.");
  private static final Name WEB = Name.parse("web.shop.svc.cluster.local.");
  private static final Name SHOP = WEB.parent();
  private static final Name SVC = SHOP.parent();
  private static final Rdata.Soa SOA =
      new Rdata.Soa(
          Name.parse("ns.dns.cluster.local."),
          Name.parse("hostmaster.cluster.local."),
          7,
          7200,
          1800,
          86400,
          5);
  private static final Content ADDRESS =
      Content.of(RRset.of(5, List.of(new Rdata.A(0x0a000001), new Rdata.A(0x0a000002))));
  private static final Content OTHER_ADDRESS =
      Content.of(RRset.of(5, List.of(new Rdata.A(0x0a000003))));

  private final Zone empty = Zone.of(APEX, SOA, 5);

  private static Zone edited(Zone base, Name owner, Content content) {
    var editor = new ZoneEditor(base);
    editor.replace(owner, content);
    return editor.finish(base.serial() + 1).zone();
  }

  @Test
  void findsWhatWasPutWithoutRegardToCase() {
    Zone zone = edited(empty, Name.parse("WEB.shop.svc.Cluster.local."), ADDRESS);

    assertThat(zone.content(WEB)).isEqualTo(ADDRESS);
    assertThat(zone.size()).isEqualTo(4);
  }

  @Test
  void makesEmptyNonTerminalsAndTakesThemAlong() {
    Zone zone = edited(empty, WEB, ADDRESS);

    assertThat(zone.find(SVC)).isNotNull();
    assertThat(zone.find(SHOP)).isNotNull();
    assertThat(zone.content(SHOP)).isEqualTo(Content.ABSENT);
    Zone without = edited(zone, WEB, Content.ABSENT);
    assertThat(without.size()).isEqualTo(1);
    assertThat(without.find(SVC)).isNull();
    assertThat(without.find(APEX)).isNotNull();
  }

  @Test
  void keepsAnEmptyNameThatWasSaidToExist() {
    Zone zone = edited(edited(empty, SHOP, Content.EMPTY), WEB, ADDRESS);
    Zone without = edited(zone, WEB, Content.ABSENT);

    assertThat(without.content(SHOP)).isEqualTo(Content.EMPTY);
    assertThat(edited(without, SHOP, Content.ABSENT).size()).isEqualTo(1);
  }

  @Test
  void turnsANameWithNamesBelowIntoAnEmptyNonTerminal() {
    Zone zone = edited(edited(empty, SHOP, ADDRESS), WEB, ADDRESS);
    Zone without = edited(zone, SHOP, Content.ABSENT);

    assertThat(without.find(SHOP)).isNotNull();
    assertThat(without.content(SHOP)).isEqualTo(Content.ABSENT);
    assertThat(without.content(WEB)).isEqualTo(ADDRESS);
  }

  @Test
  void flagsTheParentOfAWildcard() {
    Name wildcard = Name.parse("*.web.shop.svc.cluster.local.");
    Zone zone = edited(edited(empty, WEB, ADDRESS), wildcard, Content.EMPTY);

    assertThat(flags(zone, WEB)).isEqualTo(Node.WILDCARD_CHILD);
    assertThat(flags(edited(zone, WEB, OTHER_ADDRESS), WEB)).isEqualTo(Node.WILDCARD_CHILD);
    assertThat(flags(edited(zone, wildcard, Content.ABSENT), WEB)).isZero();
    assertThat(flags(edited(empty, wildcard, Content.EMPTY), WEB)).isEqualTo(Node.WILDCARD_CHILD);
  }

  private static int flags(Zone zone, Name owner) {
    return Objects.requireNonNull(zone.find(owner)).flags();
  }

  @Test
  void equalContentIsTheSameVersion() {
    Zone zone = edited(empty, WEB, ADDRESS);
    var editor = new ZoneEditor(zone);
    editor.replace(WEB, OTHER_ADDRESS);
    editor.replace(WEB, ADDRESS);
    editor.replace(Name.parse("a.b.cluster.local."), ADDRESS);
    editor.replace(Name.parse("a.b.cluster.local."), Content.ABSENT);
    Edit edit = editor.finish(99);

    assertThat(edit.zone()).isSameAs(zone);
    assertThat(edit.changes()).isEqualTo(new ChangeSet(8, 8, List.of()));
  }

  @Test
  void givesTheApexItsSerial() {
    Content ns = Content.of(RRset.of(5, List.of(new Rdata.Ns(WEB))));
    Zone zone = edited(edited(empty, APEX, ns), WEB, ADDRESS);

    assertThat(zone.serial()).isEqualTo(9);
    assertThat(zone.content(APEX).rrsets())
        .containsExactly(
            ns.rrsets().getFirst(),
            RRset.of(5, List.of(new Rdata.Soa(SOA.mname(), SOA.rname(), 9, 7200, 1800, 86400, 5))));
    assertThat(edited(zone, APEX, Content.ABSENT).content(APEX).rrsets())
        .extracting(RRset::type)
        .containsExactly(RRType.SOA);
  }

  @Test
  void listsChangesWithoutTheSoa() {
    Zone zone = edited(empty, WEB, ADDRESS);
    var editor = new ZoneEditor(zone);
    editor.replace(WEB, Content.ABSENT);
    editor.replace(APEX, Content.of(RRset.of(5, List.of(new Rdata.Ns(WEB)))));
    ChangeSet changes = editor.finish(11).changes();

    assertThat(changes.fromSerial()).isEqualTo(8);
    assertThat(changes.toSerial()).isEqualTo(11);
    assertThat(changes.changes())
        .extracting(Change::owner, Change::before, Change::after)
        .containsExactlyInAnyOrder(
            tuple(WEB, ADDRESS, Content.ABSENT),
            tuple(APEX, Content.ABSENT, Content.of(RRset.of(5, List.of(new Rdata.Ns(WEB))))));
  }

  @Test
  void becomesSyncedWithoutANewSerial() {
    var editor = new ZoneEditor(empty);
    editor.synced(true);
    Edit edit = editor.finish(8);

    assertThat(edit.zone().synced()).isTrue();
    assertThat(edit.zone().serial()).isEqualTo(7);
    assertThat(edit.changes().isEmpty()).isTrue();
    assertThat(empty.synced()).isFalse();
  }

  @Test
  void refusesWhatIsNotOfThisZone() {
    var editor = new ZoneEditor(empty);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> editor.replace(Name.parse("notcluster.local."), ADDRESS))
        .withMessageContaining("notcluster.local.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> editor.replace(APEX, Content.of(RRset.of(5, List.of(SOA)))));
    assertThat(editor.finish(8).zone()).isSameAs(empty);
  }

  @Test
  void keepsTraits() {
    Content content = new Content(ADDRESS.rrsets(), Set.of(Trait.FIXED, Trait.ADDRESS_LABELS));
    Zone zone = edited(empty, WEB, content);

    assertThat(zone.content(WEB)).isEqualTo(content);
    assertThat(flags(zone, WEB)).isEqualTo(Node.FIXED | Node.ADDRESS_LABELS);
  }
}
