package io.clusterzone.zones.zone;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import java.nio.ByteBuffer;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// One thread makes and publishes the next versions of two zones, another takes what is current: it
/// sees both old or both new, and every octet that belongs to them. Run by [ZoneTableStressTest].
@JCStressTest
@Outcome(
    id = {"1, 1", "2, 2"},
    expect = Expect.ACCEPTABLE,
    desc = "both zones are of one moment")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn")
@State
public class ZoneTableStress {
  private static final Name FORWARD = Name.parse("cluster.local.");
  private static final Name REVERSE = Name.parse("10.in-addr.arpa.");
  private static final Zones FIRST =
      new Zones(List.of(next(emptyZone(FORWARD), 1), next(emptyZone(REVERSE), 1)));

  private final ZoneTable table = new ZoneTable(FIRST);

  @Actor
  public void publish() {
    table.publish(new Zones(FIRST.all().stream().map(zone -> next(zone, 2)).toList()));
  }

  @Actor
  public void read(II_Result result) {
    Zones zones = table.current();
    result.r1 = version(zones, FORWARD);
    result.r2 = version(zones, REVERSE);
  }

  private static Zone emptyZone(Name apex) {
    return Zone.of(apex, new Rdata.Soa(apex, apex, 0, 7200, 1800, 86400, 5), 5);
  }

  /// The version whose number is its serial and the address of `a`.
  private static Zone next(Zone base, int version) {
    var editor = new ZoneEditor(base);
    editor.replace(base.apex().child("a"), Content.of(RRset.of(5, List.of(new Rdata.A(version)))));
    editor.replace(base.apex().child("v" + version), Content.EMPTY);
    return editor.finish(version).zone();
  }

  /// The version as three places of the zone tell it, or 0 if they disagree.
  private static int version(Zones zones, Name apex) {
    byte[] folded = apex.toFoldedWire();
    Zone zone = zones.longestMatch(folded, 0, folded.length);
    Node node = zone == null ? null : zone.find(apex.child("a"));
    if (zone == null || node == null || zone.find(apex.child("v" + zone.serial())) == null) {
      return 0;
    }
    byte[] records = new byte[Node.MAX_UNPACKED];
    var _ = node.unpack(node.find(RRType.A), records);
    int version = ByteBuffer.wrap(records).getInt(Node.RECORD_RDATA);
    return version == zone.serial() ? version : 0;
  }
}
