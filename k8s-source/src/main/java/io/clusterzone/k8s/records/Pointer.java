package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.zones.name.Name;

/// One reason for an address to have a PTR: it is a cluster IP of a Service, or one of its ready
/// endpoints.
record Pointer(IpAddress address, ObjectKey service, Reason reason, Name target) {
  enum Reason {
    CLUSTER_IP,
    ENDPOINT
  }
}
