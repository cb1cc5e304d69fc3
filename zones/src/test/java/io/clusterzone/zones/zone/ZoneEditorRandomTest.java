package io.clusterzone.zones.zone;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;

/// Random batches of changes against a model that knows only the wanted content of each name.
final class ZoneEditorRandomTest {
  private static final Name APEX = Name.parse("Cluster.local.");
  private static final Rdata.Soa SOA = new Rdata.Soa(APEX, APEX, 0, 7200, 1800, 86400, 5);
  private static final List<String> LABELS = List.of("a", "b", "_tcp", "*");
  private static final List<Content> CONTENTS =
      List.of(
          Content.ABSENT,
          Content.ABSENT,
          Content.EMPTY,
          Content.of(RRset.of(5, List.of(new Rdata.A(1)))),
          Content.of(RRset.of(5, List.of(new Rdata.A(1), new Rdata.A(2)))),
          Content.of(
              RRset.of(5, List.of(new Rdata.A(1))), RRset.of(5, List.of(new Rdata.Aaaa(0, 1)))),
          Content.of(RRset.of(5, List.of(new Rdata.Dname(APEX)))),
          Content.of(
              RRset.of(5, List.of(new Rdata.Ns(APEX))),
              RRset.of(5, List.of(new Rdata.Dname(APEX)))),
          new Content(List.of(), Set.of(Trait.EXISTS, Trait.FIXED)),
          new Content(
              List.of(RRset.of(6, List.of(new Rdata.Ns(APEX)))), Set.of(Trait.ADDRESS_LABELS)));

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Map<Name, Content> model = new HashMap<>();

  @RepeatedTest(8)
  void equalsAZoneBuiltFromScratch() {
    List<Zone> versions = new ArrayList<>(List.of(Zone.of(APEX, SOA, 5)));
    List<Map<Name, String>> snapshots = new ArrayList<>(List.of(nodes(versions.getFirst())));
    for (int serial = 1; serial <= 40; serial++) {
      Zone next = changed(versions.getLast(), serial);
      versions.add(next);
      snapshots.add(nodes(next));
    }
    for (int i = 0; i < versions.size(); i++) {
      assertThat(nodes(versions.get(i)))
          .as("seed %d, version %d", seed, i)
          .isEqualTo(snapshots.get(i));
    }
  }

  /// Makes one batch of changes, and checks the next version.
  private Zone changed(Zone base, int serial) {
    Map<Name, Content> before = Map.copyOf(model);
    var editor = new ZoneEditor(base);
    for (int changes = random.nextInt(12); changes > 0; changes--) {
      Name owner = randomOwner();
      Content content = CONTENTS.get(random.nextInt(CONTENTS.size()));
      editor.replace(owner, content);
      model.put(owner, content);
    }
    model.values().removeIf(Content.ABSENT::equals);
    Edit edit = editor.finish(serial);
    String where = "seed " + seed + ", serial " + serial;
    if (model.equals(before)) {
      assertThat(edit.zone()).as(where).isSameAs(base);
    }
    assertThat(nodes(edit.zone())).as(where).isEqualTo(nodes(rebuilt(edit.zone().serial())));
    assertThat(edit.zone().occluders()).as(where).isEqualTo(rebuilt(serial).occluders());
    assertThat(edit.zone().digest()).as(where).isEqualTo(rebuilt(serial).digest());
    assertThat(derived(edit.zone())).as(where).isEqualTo(expectedDerived());
    assertThat(expectedOccluders()).as(where).hasSize(edit.zone().occluders());
    checkOccluders(edit.zone(), where);
    assertThat(applied(edit.changes(), before, where)).as(where).isEqualTo(model);
    return edit.zone();
  }

  private Name randomOwner() {
    Name owner = APEX;
    for (int labels = random.nextInt(5); labels > 0; labels--) {
      owner = owner.child(LABELS.get(random.nextInt(LABELS.size())));
    }
    return owner;
  }

  private Zone rebuilt(int serial) {
    var editor = new ZoneEditor(Zone.of(APEX, SOA, 5));
    model.forEach(editor::replace);
    Zone zone = editor.finish(serial).zone();
    return model.isEmpty() ? Zone.of(APEX, soa(serial), 5) : zone;
  }

  private static Rdata.Soa soa(int serial) {
    return new Rdata.Soa(APEX, APEX, serial, 7200, 1800, 86400, 5);
  }

  /// What the editor derives for each name: how many names stand directly below, and whether one of
  /// them is a wildcard.
  private static Map<Name, String> derived(Zone zone) {
    Map<Name, String> derived = new TreeMap<>();
    for (Node node : zone.nodesInOrder()) {
      derived.put(node.owner(), node.children() + " below, wildcard " + node.hasWildcardChild());
    }
    return derived;
  }

  /// The same by the definition. RFC 4592 section 2.2.2 counts a name without records as one that
  /// exists if a name below it does.
  private Map<Name, String> expectedDerived() {
    Set<Name> existing = new HashSet<>(Set.of(APEX));
    for (Name owner : model.keySet()) {
      for (Name name = owner; !name.equals(APEX); name = name.parent()) {
        existing.add(name);
      }
    }
    Map<Name, String> derived = new TreeMap<>();
    for (Name name : existing) {
      long below = LABELS.stream().map(name::child).filter(existing::contains).count();
      derived.put(name, below + " below, wildcard " + existing.contains(name.child("*")));
    }
    return derived;
  }

  /// The names that hide those below them, by the definition: delegations (RFC 1034 section 4.2.1)
  /// and owners of a DNAME (RFC 6672 section 2.4).
  private Set<Name> expectedOccluders() {
    Set<Name> occluders = new HashSet<>();
    model.forEach((owner, content) -> {
      boolean plain = owner.equals(APEX) || owner.toWire()[1] == '*';
      if (content.has(RRType.DNAME) || (content.has(RRType.NS) && !plain)) {
        occluders.add(owner);
      }
    });
    return occluders;
  }

  private void checkOccluders(Zone zone, String where) {
    Set<Name> occluders = expectedOccluders();
    for (int i = 0; i < 20; i++) {
      Name asked = randomOwner().folded();
      @Nullable Name highest = null;
      for (Name name = asked; name.isAtOrBelow(APEX); name = name.parent()) {
        highest = occluders.contains(name) ? name : highest;
      }
      Node found = zone.occluder(asked.toFoldedWire(), asked.length());
      assertThat(found == null ? null : found.owner()).as(where + ", " + asked).isEqualTo(highest);
    }
    Name outside = Name.parse("a.example.");
    assertThat(zone.occluder(outside.toFoldedWire(), outside.length())).isNull();
  }

  /// The nodes as text.
  private static Map<Name, String> nodes(Zone zone) {
    Map<Name, String> nodes = new TreeMap<>();
    for (Node node : zone.nodesInOrder()) {
      String text = node.content() + ", flags " + node.flags();
      nodes.put(node.owner(), zone.find(node.owner()) == node ? text : "not found");
    }
    assertThat(zone.size()).isEqualTo(nodes.size());
    return nodes;
  }

  private static Map<Name, Content> applied(
      ChangeSet changes, Map<Name, Content> before, String where) {
    Map<Name, Content> after = new HashMap<>(before);
    for (Change change : changes.changes()) {
      Name owner = change.owner();
      assertThat(change.before()).as(where).isEqualTo(before.getOrDefault(owner, Content.ABSENT));
      assertThat(change.after()).as(where).isNotEqualTo(change.before());
      assertThat(change.after().rrsets()).as(where).noneMatch(rrset -> rrset.type() == RRType.SOA);
      after.put(owner, change.after());
    }
    after.values().removeIf(Content.ABSENT::equals);
    return after;
  }
}
