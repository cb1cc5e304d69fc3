package io.clusterzone.dns.explain;

import io.clusterzone.k8s.records.ClusterObjects;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.zone.Zone;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A name as the labels below its zone. Immutable.
///
/// @param apex of the zone
/// @param labels in lower case, the one next to the zone last
record Labels(Name apex, List<String> labels) {
  Labels {
    labels = List.copyOf(labels);
  }

  /// The labels of a name below the zone that it belongs to; null if it is in none.
  static @Nullable Labels of(Name name, ClusterObjects cluster) {
    byte[] folded = name.toFoldedWire();
    Zone zone = cluster.zones().longestMatch(folded, 0, folded.length);
    if (zone == null) {
      return null;
    }
    List<String> all = all(name);
    return new Labels(zone.apex(), all.subList(0, all.size() - count(zone.apex())));
  }

  private static int count(Name apex) {
    return all(apex).size();
  }

  /// All labels of a name but the root's.
  static List<String> all(Name name) {
    byte[] folded = name.toFoldedWire();
    List<String> labels = new ArrayList<>();
    for (int at = 0; folded[at] != 0; at += folded[at] + 1) {
      labels.add(new String(folded, at + 1, folded[at], StandardCharsets.ISO_8859_1));
    }
    return labels;
  }

  /// The label so far from the zone, 0 for the one next to it; empty if there is none.
  String fromZone(int place) {
    return place < labels.size() ? labels.get(labels.size() - 1 - place) : "";
  }

  /// The labels in front of the last ones.
  List<String> inFront(int last) {
    return labels.subList(0, Math.max(0, labels.size() - last));
  }

  /// The name of other labels in the same zone; null if they make none.
  @Nullable Name with(List<String> others) {
    return join(others, apex);
  }

  static @Nullable Name join(List<String> labels, Name end) {
    Name name = end;
    try {
      for (String label : labels.reversed()) {
        name = name.child(label.getBytes(StandardCharsets.ISO_8859_1));
      }
      return name;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
