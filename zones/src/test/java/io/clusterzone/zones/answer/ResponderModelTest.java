package io.clusterzone.zones.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.record.RdataWire;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Trait;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.ZoneEditor;
import io.clusterzone.zones.zone.Zones;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// Random small zones with cuts, wildcards, DNAMEs, aliases and empty non-terminals against a
/// [ModelResolver]: one zone is below another, as a child that is served as well.
final class ResponderModelTest {
  private static final int WORLDS = 600;
  private static final int MOST_WORLDS = 50 * WORLDS;
  private static final int QUESTIONS = 60;
  private static final List<String> APEXES = List.of("t.", "b.t.", "c.b.t.");
  private static final List<String> LABELS = List.of("a", "a", "b", "b", "c", "*");
  private static final Set<Outcome> POSSIBLE =
      EnumSet.complementOf(EnumSet.of(Outcome.NOT_READY, Outcome.ELSEWHERE));
  private static final String LONGEST = "x".repeat(63);
  private static final int[] TYPES = {
    Type.A,
    Type.AAAA,
    Type.TXT,
    Type.NS,
    Type.DS,
    Type.CNAME,
    Type.DNAME,
    Type.SRV,
    Type.SOA,
    Type.ANY
  };

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Map<Outcome, Integer> seen = new EnumMap<>(Outcome.class);

  @Test
  void saysWhatTheModelSays() {
    for (int world = 0; goesOn(world); world++) {
      Map<Name, Map<Name, List<Record>>> records = randomZones();
      var zones = new Zones(records.entrySet().stream().map(this::zone).toList());
      for (int i = 0; i < QUESTIONS; i++) {
        check(records, zones, randomName(5), TYPES[random.nextInt(TYPES.length)]);
      }
    }
    assertThat(seen.keySet()).as("seed %d", seed).isEqualTo(POSSIBLE);
  }

  /// A name that a DNAME makes too long is rare: worlds are made until each outcome was seen.
  private boolean goesOn(int world) {
    return world < WORLDS || (!seen.keySet().containsAll(POSSIBLE) && world < MOST_WORLDS);
  }

  private void check(Map<Name, Map<Name, List<Record>>> records, Zones zones, Name name, int type) {
    var model = new ModelResolver(records, type);
    ModelResolver.Said expected = model.ask(name);
    String where = "seed " + seed + ", " + name + " " + Type.string(type) + " of " + records;
    var asker = new Asker(zones);
    Message whole = asker.ask(Asker.query(name.toString(), type), 65_535);
    assertThat(said(asker.outcome(), whole)).as(where).isEqualTo(expected);
    seen.merge(expected.outcome(), 1, Integer::sum);

    int limit = 300 + random.nextInt(700);
    Message cut = asker.ask(Asker.query(name.toString(), type), limit);
    if (!cut.getHeader().getFlag(Flags.TC)) {
      ModelResolver.Said fitting = said(asker.outcome(), cut);
      assertThat(fitting.answer()).as(where).isEqualTo(expected.answer());
      if (expected.outcome() == Outcome.REFERRAL) {
        assertThat(fitting.authority()).as(where).isEqualTo(expected.authority());
        assertThat(fitting.additional()).as(where).containsAll(model.glue());
      }
    }
    assertThat(said(asker.outcome(), asker.askFor(name.toString(), type)))
        .as("for another, " + where)
        .isEqualTo(expected);
  }

  private static ModelResolver.Said said(Outcome outcome, Message reply) {
    return new ModelResolver.Said(
        outcome,
        reply.getRcode(),
        reply.getHeader().getFlag(Flags.AA),
        ModelResolver.lines(reply.getSection(Section.ANSWER)),
        ModelResolver.lines(reply.getSection(Section.AUTHORITY)),
        ModelResolver.lines(reply.getSection(Section.ADDITIONAL)));
  }

  private Map<Name, Map<Name, List<Record>>> randomZones() {
    Map<Name, Map<Name, List<Record>>> zones = new TreeMap<>();
    for (String apex : APEXES.subList(0, 1 + random.nextInt(APEXES.size()))) {
      Map<Name, List<Record>> zone = new TreeMap<>();
      zone.put(name(apex), apexRecords(name(apex)));
      zones.put(name(apex), zone);
    }
    for (int owners = random.nextInt(14); owners > 0; owners--) {
      Name owner = randomName(4);
      for (Map.Entry<Name, Map<Name, List<Record>>> zone : zones.entrySet()) {
        if (owner.subdomain(zone.getKey()) && random.nextBoolean()) {
          zone.getValue().putIfAbsent(owner, randomRecords(owner));
        }
      }
    }
    return zones;
  }

  private List<Record> apexRecords(Name apex) {
    List<Record> records = new ArrayList<>();
    records.add(record(apex, "SOA", "ns." + apex + " host." + apex + " 1 7200 1800 86400 5"));
    records.add(record(apex, "NS", randomName(3).toString()));
    if (random.nextInt(10) == 0) {
      records.add(record(apex, "DNAME", randomName(3).toString()));
    }
    return records;
  }

  private List<Record> randomRecords(Name owner) {
    String target = randomName(4).toString();
    return switch (random.nextInt(11)) {
      case 0 -> List.of();
      case 1, 2 -> List.of(record(owner, "A", "10.0.0.1"), record(owner, "A", "10.0.0.2"));
      case 3 -> List.of(record(owner, "A", "10.0.0.3"), record(owner, "AAAA", "fd00::3"));
      case 4 -> List.of(record(owner, "TXT", "\"" + "t".repeat(100) + "\""));
      case 5 -> List.of(record(owner, "CNAME", target));
      case 6 -> List.of(record(owner, "NS", target));
      case 7 -> delegation(owner);
      case 8 -> List.of(record(owner, "DNAME", target));
      case 9 -> List.of(record(owner, "DNAME", target), record(owner, "A", "10.0.0.4"));
      default -> List.of(record(owner, "SRV", "0 0 80 " + target));
    };
  }

  /// A delegation with a name server below it, a secure one at that.
  private List<Record> delegation(Name owner) {
    return List.of(
        record(owner, "NS", (random.nextBoolean() ? "a." : "b.a.") + owner),
        record(owner, "NS", random.nextBoolean() ? owner.toString() : "a.out."),
        record(owner, "DS", "1 8 2 " + "ab".repeat(32)),
        record(owner, "A", "10.0.0.5"));
  }

  /// Mostly short labels: now and then one that soon makes a name too long.
  private Name randomName(int mostLabels) {
    if (random.nextInt(20) == 0) {
      return name("a.out.");
    }
    String name = "t.";
    for (int labels = random.nextInt(mostLabels + 1); labels > 0; labels--) {
      boolean longest = random.nextInt(40) == 0 && name.length() < 128;
      name = (longest ? LONGEST : LABELS.get(random.nextInt(LABELS.size()))) + "." + name;
    }
    return name(name);
  }

  private Zone zone(Map.Entry<Name, Map<Name, List<Record>>> records) {
    io.clusterzone.zones.name.Name apex = ours(records.getKey());
    var soa = new Rdata.Soa(apex.child("ns"), apex.child("host"), 1, 7200, 1800, 86400, 5);
    var editor = new ZoneEditor(Zone.of(apex, soa, 300));
    List<Map.Entry<Name, List<Record>>> names = new ArrayList<>(records.getValue().entrySet());
    Collections.shuffle(names, random);
    names.forEach(entry -> editor.replace(ours(entry.getKey()), content(entry.getValue())));
    editor.synced(true);
    return editor.finish(1).zone();
  }

  private static Content content(List<Record> records) {
    Map<Integer, List<Rdata>> byType = new TreeMap<>();
    for (Record record : records) {
      if (record.getType() != Type.SOA) {
        ByteBuffer rdata = ByteBuffer.wrap(record.rdataToWireCanonical());
        byType
            .computeIfAbsent(record.getType(), _ -> new ArrayList<>())
            .add(RdataWire.read(record.getType(), rdata));
      }
    }
    List<RRset> rrsets = byType.values().stream().map(rdata -> RRset.of(300, rdata)).toList();
    return rrsets.isEmpty()
        ? new Content(rrsets, Set.of(Trait.EXISTS))
        : new Content(rrsets, Set.of());
  }

  private static io.clusterzone.zones.name.Name ours(Name name) {
    return io.clusterzone.zones.name.Name.ofWire(name.toWire(), 0);
  }

  private static Name name(String text) {
    return Name.fromConstantString(text);
  }

  private static Record record(Name owner, String type, String rdata) {
    try {
      return Record.fromString(owner, Type.value(type), DClass.IN, 300, rdata, Name.root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
