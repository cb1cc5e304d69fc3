package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.zones.name.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One address of an endpoint, ready or not, with the name that it has or would have. Immutable.
///
/// @param slice the EndpointSlice that it stands in
/// @param name null if DNS can carry none
/// @param ports of the slice
public record NamedEndpoint(
    ObjectKey slice, Endpoint endpoint, IpAddress address, @Nullable Name name, List<Port> ports) {}
