package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.records.SchemaZone.Role;
import io.clusterzone.k8s.records.Subject.ServiceNames;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// Keeps the NS RRsets in step with the cluster. For the zone writer's thread only.
///
/// The name servers of a zone are the Services that this server is an endpoint of, by one of its
/// own addresses; where there is none, the zone's `ns.dns`. Reverse zones and those of a cluster
/// set have no Services of their own and name those of the primary zone.
final class ApexWriter {
  private final SchemaOptions options;
  private final List<SchemaZone> zones;
  private final ServiceWriter services;
  private final PointerWriter pointers;
  private final Map<Name, List<Name>> nameServers = new HashMap<>();
  private Set<ServiceNames> ours = Set.of();

  ApexWriter(
      SchemaOptions options,
      List<SchemaZone> zones,
      ServiceWriter services,
      PointerWriter pointers) {
    this.options = options;
    this.zones = zones;
    this.services = services;
    this.pointers = pointers;
    findNameServers();
  }

  /// @param touched the Services that the batch touched, among others
  void write(Collection<Subject> touched, ZoneEdits edits) {
    Set<ServiceNames> now = servicesOfOurs();
    if (!now.equals(ours) || !Collections.disjoint(touched, now)) {
      ours = now;
      findNameServers();
    }
    for (SchemaZone zone : zones) {
      Name source = zone.role() == Role.CLUSTER ? zone.apex() : options.primaryZone();
      List<Name> names = Objects.requireNonNull(nameServers.get(source));
      edits.replace(
          zone.apex(), zone.apex(), zone.apexContent(names, pointers.targets(zone.apex())));
    }
  }

  private Set<ServiceNames> servicesOfOurs() {
    Set<ServiceNames> found = new HashSet<>();
    for (IpAddress own : options.ownAddresses()) {
      pointers
          .servicesOfEndpoint(own)
          .forEach(key -> found.add(new ServiceNames(Kind.SERVICE, key)));
    }
    return found;
  }

  private void findNameServers() {
    for (SchemaZone zone : zones) {
      if (zone.role() == Role.CLUSTER) {
        Set<Name> names = new TreeSet<>();
        ours.forEach(service -> names.addAll(services.nameServers(service, zone.apex())));
        nameServers.put(
            zone.apex(),
            names.isEmpty()
                ? List.of(zone.nameServer())
                : names.stream().limit(RRset.MAX_RECORDS).toList());
      }
    }
  }
}
