package io.clusterzone.k8s.records;

import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.zone.Content;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The records that one Service or ServiceImport adds to one zone. Immutable.
///
/// @param contents every owner name of the Service and what it holds
/// @param pointers the addresses that lead back to the Service; empty for a ServiceImport
/// @param nameServers the names by which the Service would be a name server of the zone: its own if
///   it has a cluster IP, else those of its endpoints
/// @param skipped the values that could not become records, and why, one sentence each
record ServiceRecords(
    Map<Name, Content> contents,
    List<Pointer> pointers,
    Set<Name> nameServers,
    Set<String> skipped) {
  static final ServiceRecords NONE = new ServiceRecords(Map.of(), List.of(), Set.of(), Set.of());
}
