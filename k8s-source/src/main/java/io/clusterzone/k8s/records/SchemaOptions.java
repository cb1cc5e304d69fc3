package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.zones.name.Name;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// An operator's choices about the names of a cluster: the options of one `kubernetes` block that
/// change records. Immutable.
///
/// @param forwardZones apexes of the cluster's zones; they hold the same names, and every PTR
///   points into the first, the primary zone
/// @param reverseZones apexes at or below `in-addr.arpa` and `ip6.arpa`
/// @param multiclusterZones apexes of the zones of ServiceImports (KEP-1645)
/// @param ttlSeconds the TTL of every record but SOA and `dns-version`, and the SOA minimum;
///   0..3600
/// @param pods which Pod records exist
/// @param endpointPodNames whether an endpoint without hostname is named after its Pod
/// @param ignoreEmptyService whether a Service with a cluster IP and no ready endpoint is hidden
/// @param noEndpoints whether EndpointSlices are left out altogether
/// @param zonal whether the endpoints of headless Services have names per topology zone
/// @param namespaces the exposed namespaces; all of them if empty
/// @param ownAddresses the addresses at which this server answers
public record SchemaOptions(
    List<Name> forwardZones,
    List<Name> reverseZones,
    List<Name> multiclusterZones,
    int ttlSeconds,
    PodRecords pods,
    boolean endpointPodNames,
    boolean ignoreEmptyService,
    boolean noEndpoints,
    boolean zonal,
    Set<String> namespaces,
    List<IpAddress> ownAddresses) {

  /// The Pod records that exist.
  public enum PodRecords {
    DISABLED,
    /// Any address has a name in any exposed namespace.
    INSECURE,
    /// The addresses of the Pods of a namespace have names in it.
    VERIFIED
  }

  private static final int MAX_TTL_SECONDS = 3600;
  private static final int MAX_SOA_TTL_SECONDS = 300;

  /// Octets of `dns-version` with its length octet.
  private static final int LONGEST_FIXED_LABEL = 12;

  /// @throws IllegalArgumentException if there is no forward zone, if two zones share an apex or
  ///   one is too long for names, if the TTL is out of its range, or if zonal names are wanted
  ///   without endpoints
  public SchemaOptions {
    forwardZones = List.copyOf(forwardZones);
    reverseZones = List.copyOf(reverseZones);
    multiclusterZones = List.copyOf(multiclusterZones);
    namespaces = Set.copyOf(namespaces);
    ownAddresses = List.copyOf(ownAddresses);
    if (forwardZones.isEmpty()) {
      throw new IllegalArgumentException("no forward zone among " + reverseZones);
    }
    if (ttlSeconds < 0 || ttlSeconds > MAX_TTL_SECONDS) {
      throw new IllegalArgumentException("ttl is 0 to 3600 seconds, not " + ttlSeconds);
    }
    if (zonal && noEndpoints) {
      throw new IllegalArgumentException("zonal names need endpoints: zonal excludes noendpoints");
    }
    requireUsable(forwardZones, reverseZones, multiclusterZones);
  }

  @SafeVarargs
  private static void requireUsable(List<Name>... zones) {
    var seen = new HashSet<Name>();
    for (List<Name> group : zones) {
      for (Name apex : group) {
        if (apex.length() + LONGEST_FIXED_LABEL > Name.MAX_LENGTH) {
          throw new IllegalArgumentException("zone " + apex + " has no room for names");
        }
        if (!seen.add(apex)) {
          throw new IllegalArgumentException("zone " + apex + " is listed twice");
        }
      }
    }
  }

  /// The zone that every PTR points into.
  public Name primaryZone() {
    return forwardZones.getFirst();
  }

  /// The kinds of objects that these options need; a source need not report others.
  public Set<Kind> kinds() {
    Set<Kind> kinds = EnumSet.of(Kind.NAMESPACE, Kind.SERVICE);
    if (!noEndpoints) {
      kinds.add(Kind.ENDPOINT_SLICE);
    }
    if (pods == PodRecords.VERIFIED) {
      kinds.add(Kind.POD);
    }
    if (!multiclusterZones.isEmpty()) {
      kinds.add(Kind.SERVICE_IMPORT);
    }
    return kinds;
  }

  boolean exposes(String namespace) {
    return namespaces.isEmpty() || namespaces.contains(namespace);
  }

  /// The SOA's own TTL bounds how long a denial is kept (RFC 2308 section 5): five minutes at most.
  int soaTtlSeconds() {
    return Math.min(ttlSeconds, MAX_SOA_TTL_SECONDS);
  }
}
