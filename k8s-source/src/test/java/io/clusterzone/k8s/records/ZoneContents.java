package io.clusterzone.k8s.records;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Node;
import io.clusterzone.zones.zone.Zone;
import io.clusterzone.zones.zone.Zones;
import java.util.Map;
import java.util.TreeMap;

/// Zones as plain maps, so that tests can compare them: every name that exists, empty non-terminals
/// included, but for the SOA, whose serial tells when and not what.
final class ZoneContents {
  private ZoneContents() {}

  static Map<Name, Map<Name, Content>> of(Zones zones) {
    Map<Name, Map<Name, Content>> all = new TreeMap<>();
    for (Zone zone : zones.all()) {
      all.put(zone.apex(), of(zone));
    }
    return all;
  }

  static Map<Name, Content> of(Zone zone) {
    Map<Name, Content> contents = new TreeMap<>();
    for (Node node : zone.nodesInOrder()) {
      Content content = node.content();
      contents.put(
          node.owner(),
          new Content(
              content.rrsets().stream().filter(rrset -> rrset.type() != RRType.SOA).toList(),
              content.traits()));
    }
    return contents;
  }
}
