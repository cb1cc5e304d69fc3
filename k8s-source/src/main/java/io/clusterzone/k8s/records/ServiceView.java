package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import java.util.List;

/// All that the names of one Service or ServiceImport depend on: the object and its slices, sorted
/// by name. Equal views have equal records.
///
/// A Service that DNS does not show has no view: it or its Namespace is not there, or the Namespace
/// is not exposed.
record ServiceView(ClusterObject object, List<EndpointSlice> slices) {
  ServiceView {
    slices = List.copyOf(slices);
  }

  boolean hasReadyEndpoint() {
    for (EndpointSlice slice : slices) {
      for (ClusterObject.Endpoint endpoint : slice.endpoints()) {
        if (endpoint.ready() && !endpoint.addresses().isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }
}
