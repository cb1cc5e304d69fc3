package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.records.SchemaZone.Role;
import io.clusterzone.k8s.records.Subject.ServiceNames;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Trait;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Keeps the NS RRsets and the addresses of `ns.dns` in step with the cluster. For the zone
/// writer's thread only.
///
/// The name servers of a zone are the Services that this server is an endpoint of, by one of its
/// own addresses; where there is none, the zone's `ns.dns`. Reverse zones and those of a cluster
/// set have no Services of their own and name those of the primary zone. Each zone's `ns.dns` has
/// the addresses of its name servers: a client is led to the Service, not to the replica that
/// happened to answer.
final class ApexWriter {
  private final SchemaOptions options;
  private final List<SchemaZone> zones;
  private final ServiceWriter services;
  private final PointerWriter pointers;
  private final Map<Name, NameServers> nameServers = new HashMap<>();
  private Set<ServiceNames> ours = Set.of();

  /// The name servers are not those of the last time.
  private boolean changed = true;

  /// The name servers of a zone, and the addresses that all of them have together.
  private record NameServers(List<Name> names, List<RRset> addresses) {}

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
      NameServers servers = Objects.requireNonNull(nameServers.get(source));
      edits.replace(
          zone.apex(),
          zone.apex(),
          zone.apexContent(servers.names(), pointers.targets(zone.apex())));
      if (changed) {
        var content = new Content(servers.addresses(), Set.of(Trait.EXISTS));
        edits.replace(zone.apex(), zone.nameServer(), content);
      }
    }
    changed = false;
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
    changed = true;
    for (SchemaZone zone : zones) {
      if (zone.role() == Role.CLUSTER) {
        Map<Name, Content> names = new TreeMap<>();
        ours.forEach(service -> names.putAll(services.nameServers(service, zone.apex())));
        nameServers.put(
            zone.apex(),
            names.isEmpty()
                ? new NameServers(List.of(zone.nameServer()), ownAddresses())
                : new NameServers(
                    names.keySet().stream().limit(RRset.MAX_RECORDS).toList(),
                    addresses(names.values())));
      }
    }
  }

  private List<RRset> ownAddresses() {
    List<RRset> own = new ArrayList<>(2);
    OwnerContent.addAddresses(own, new TreeSet<>(options.ownAddresses()), options.ttlSeconds());
    return own;
  }

  private List<RRset> addresses(Collection<Content> servers) {
    return Stream.of(RRType.A, RRType.AAAA)
        .map(type ->
            servers.stream()
                .flatMap(server -> server.rrsets().stream())
                .filter(rrset -> rrset.type() == type)
                .flatMap(rrset -> rrset.rdata().stream())
                .distinct()
                .limit(RRset.MAX_RECORDS)
                .toList())
        .filter(addresses -> !addresses.isEmpty())
        .map(addresses -> RRset.of(options.ttlSeconds(), addresses))
        .toList();
  }
}
