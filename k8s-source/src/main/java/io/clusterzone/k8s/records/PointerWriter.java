package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.zone.Content;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Keeps the reverse zones in step with the forward ones. For the zone writer's thread only.
final class PointerWriter {
  private final SchemaOptions options;
  private final List<Name> zones;
  private final PointerIndex index = new PointerIndex();
  private final Set<IpAddress> touched = new HashSet<>();

  PointerWriter(SchemaOptions options) {
    this.options = options;
    this.zones =
        options.reverseZones().stream()
            .sorted(Comparator.comparingInt(Name::labelCount).reversed())
            .toList();
  }

  /// Replaces the pointers of one Service; [#write] follows at the end of the batch.
  void replace(Collection<Pointer> before, Collection<Pointer> after) {
    index.replace(before, after, touched);
  }

  Set<ObjectKey> servicesOfEndpoint(IpAddress address) {
    return index.servicesOfEndpoint(address);
  }

  /// Writes the PTR RRsets of all addresses touched since the last time. Only one zone has an
  /// address's name: the one with the longest apex. The apex itself is left to [ApexWriter].
  void write(ZoneEdits edits) {
    for (IpAddress address : touched) {
      Name owner = ReverseName.of(address);
      for (Name apex : zones) {
        if (owner.isAtOrBelow(apex)) {
          if (!owner.equals(apex)) {
            edits.replace(apex, owner, content(address));
          }
          break;
        }
      }
    }
    touched.clear();
  }

  private Content content(IpAddress address) {
    List<Rdata> targets = index.targets(address);
    return targets.isEmpty()
        ? Content.ABSENT
        : Content.of(RRset.of(options.ttlSeconds(), targets));
  }
}
