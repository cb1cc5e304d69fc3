package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.zones.name.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One address that stands behind a Service's name: a cluster IP, or an address of a ready
/// endpoint.
///
/// @param name the target of SRV records: the Service itself for a cluster IP, the endpoint's own
///   name for an endpoint; null if it has none that DNS can carry
/// @param zone the topology zone of an endpoint; empty if it has none
/// @param ports the ports it offers, never empty: without any, one without name and number
record Backend(IpAddress address, @Nullable Name name, String zone, List<Port> ports) {
  private static final List<Port> UNKNOWN_PORT = List.of(new Port("", "", Port.NO_NUMBER));

  Backend {
    ports = ports.isEmpty() ? UNKNOWN_PORT : ports;
  }
}
