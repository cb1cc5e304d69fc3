package io.clusterzone.dns.explain;

import io.clusterzone.dns.ops.Mnemonics;
import io.clusterzone.k8s.records.ClusterObjects;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.zone.Node;
import io.clusterzone.zones.zone.Zone;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// The place of a name in the zone that it belongs to, as JSON.
final class ZoneJson {
  private ZoneJson() {}

  /// Empty if the name is in no zone of the cluster.
  static ObjectNode of(Name name, ClusterObjects cluster) {
    ObjectNode json = Json.object();
    byte[] folded = name.toFoldedWire();
    Zone zone = cluster.zones().longestMatch(folded, 0, folded.length);
    if (zone == null) {
      return json;
    }
    json.put("apex", zone.apex().toString());
    json.put("serial", Integer.toUnsignedLong(zone.serial()));
    json.put("synced", zone.synced());
    json.put("stale", zone.stale());
    Name closest = name;
    Node node = zone.find(name);
    while (node == null) {
      closest = closest.parent();
      node = zone.find(closest);
    }
    json.put("node", closest.toString());
    json.put("exists", closest.equals(name));
    ObjectNode holds = json.putObject("holds");
    Map<String, Integer> records = new TreeMap<>();
    node.content()
        .rrsets()
        .forEach(rrset -> records.put(Mnemonics.type(rrset.type()), rrset.rdata().size()));
    records.forEach(holds::put);
    return json;
  }
}
