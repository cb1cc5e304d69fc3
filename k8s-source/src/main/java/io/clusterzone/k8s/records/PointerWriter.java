package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.model.ReverseName;
import io.clusterzone.k8s.records.Subject.ServiceNames;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.zone.Content;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Keeps the reverse zones in step with the forward ones. For the zone writer's thread only.
final class PointerWriter {
  private final SchemaOptions options;
  private final List<Name> zones;
  private final PointerIndex index;
  private final Set<IpAddress> touched = new HashSet<>();
  private final Map<Name, IpAddress> addressOfApex = new HashMap<>();

  PointerWriter(SchemaOptions options, Map<ServiceNames, ServiceView> published) {
    this.options = options;
    this.index = new PointerIndex(options, published);
    this.zones =
        options.reverseZones().stream()
            .sorted(Comparator.comparingInt(Name::labelCount).reversed())
            .toList();
  }

  /// Replaces the pointers of one Service; [#write] follows at the end of the batch.
  void replace(ObjectKey service, Collection<Pointer> before, Collection<Pointer> after) {
    index.replace(service, before, after, touched);
  }

  Set<ObjectKey> servicesOfEndpoint(IpAddress address) {
    return index.servicesOfEndpoint(address);
  }

  /// The PTR targets at an apex, where the zone is that of a single address; else none.
  List<Rdata> targets(Name apex) {
    IpAddress address = addressOfApex.get(apex);
    return address == null ? List.of() : index.targets(address);
  }

  /// Writes the PTR RRsets of all addresses touched since the last time; those at an apex are
  /// [ApexWriter]'s.
  void write(ZoneEdits edits) {
    touched.forEach(address -> write(address, edits));
    touched.clear();
    index.endBatch();
  }

  /// An address's name belongs to the zone with the longest apex above it.
  private void write(IpAddress address, ZoneEdits edits) {
    Name owner = ReverseName.of(address);
    for (Name apex : zones) {
      if (owner.equals(apex)) {
        addressOfApex.put(apex, address);
        return;
      }
      if (owner.isAtOrBelow(apex)) {
        edits.replace(apex, owner, content(address));
        return;
      }
    }
  }

  private Content content(IpAddress address) {
    List<Rdata> targets = index.targets(address);
    return targets.isEmpty() ? Content.ABSENT : Content.of(RRset.of(options.ttlSeconds(), targets));
  }
}
