package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.records.SchemaOptions.PodRecords;
import io.clusterzone.zones.name.Name;
import java.util.List;
import java.util.Set;

/// Collects [SchemaOptions], starting from the defaults: zone `cluster.local` with both reverse
/// trees, TTL 5 s, everything else off. For one thread.
final class SchemaOptionsBuilder {
  private List<Name> forwardZones = List.of(Name.parse("cluster.local"));
  private List<Name> reverseZones = List.of(Name.parse("in-addr.arpa"), Name.parse("ip6.arpa"));
  private List<Name> multiclusterZones = List.of();
  private int ttlSeconds = 5;
  private PodRecords pods = PodRecords.DISABLED;
  private boolean endpointPodNames;
  private boolean ignoreEmptyService;
  private boolean noEndpoints;
  private boolean zonal;
  private Set<String> namespaces = Set.of();
  private List<IpAddress> ownAddresses = List.of();

  SchemaOptionsBuilder forwardZones(List<Name> apexes) {
    forwardZones = apexes;
    return this;
  }

  SchemaOptionsBuilder reverseZones(List<Name> apexes) {
    reverseZones = apexes;
    return this;
  }

  SchemaOptionsBuilder multiclusterZones(List<Name> apexes) {
    multiclusterZones = apexes;
    return this;
  }

  SchemaOptionsBuilder ttlSeconds(int seconds) {
    ttlSeconds = seconds;
    return this;
  }

  SchemaOptionsBuilder pods(PodRecords mode) {
    pods = mode;
    return this;
  }

  SchemaOptionsBuilder endpointPodNames(boolean on) {
    endpointPodNames = on;
    return this;
  }

  SchemaOptionsBuilder ignoreEmptyService(boolean on) {
    ignoreEmptyService = on;
    return this;
  }

  SchemaOptionsBuilder noEndpoints(boolean on) {
    noEndpoints = on;
    return this;
  }

  SchemaOptionsBuilder zonal(boolean on) {
    zonal = on;
    return this;
  }

  SchemaOptionsBuilder namespaces(Set<String> exposed) {
    namespaces = exposed;
    return this;
  }

  SchemaOptionsBuilder ownAddresses(List<IpAddress> addresses) {
    ownAddresses = addresses;
    return this;
  }

  /// The options as chosen.
  ///
  /// @throws IllegalArgumentException as [SchemaOptions] does
  SchemaOptions build() {
    return new SchemaOptions(
        forwardZones,
        reverseZones,
        multiclusterZones,
        ttlSeconds,
        pods,
        endpointPodNames,
        ignoreEmptyService,
        noEndpoints,
        zonal,
        namespaces,
        ownAddresses);
  }
}
