package io.clusterzone.k8s.records;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Edit;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.ZoneEditor;
import io.clusterzone.zones.zone.Zones;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The changes of one batch to all zones of the schema, which become visible together.
final class ZoneEdits {
  private final Zones base;
  private final Map<Name, ZoneEditor> editors = new HashMap<>();

  ZoneEdits(Zones base) {
    this.base = base;
    for (Zone zone : base.all()) {
      editors.put(zone.apex(), new ZoneEditor(zone));
    }
  }

  void replace(Name apex, Name owner, Content content) {
    editor(apex).replace(owner, content);
  }

  void synced(Name apex, boolean synced) {
    editor(apex).synced(synced);
  }

  void stale(Name apex, boolean stale) {
    editor(apex).stale(stale);
  }

  private ZoneEditor editor(Name apex) {
    return Objects.requireNonNull(editors.get(apex), apex::toString);
  }

  /// The next version of each zone, in the order of the base. The serial of a zone whose content
  /// changed becomes the Unix time, or one more than it was if that is ahead of the clock.
  List<Edit> finish(long unixSeconds) {
    List<Edit> edits = new ArrayList<>();
    for (Zone zone : base.all()) {
      edits.add(editor(zone.apex()).finish(nextSerial(zone.serial(), unixSeconds)));
    }
    return edits;
  }

  /// Serial numbers are compared on a circle of 2^32 (RFC 1982 section 3.2), so the difference is
  /// read as a signed number. The Unix time wraps in 2106 as the serial does.
  static int nextSerial(int previous, long unixSeconds) {
    int now = (int) unixSeconds;
    return now - previous > 0 ? now : previous + 1;
  }
}
