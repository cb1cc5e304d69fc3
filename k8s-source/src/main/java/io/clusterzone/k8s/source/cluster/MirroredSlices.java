package io.clusterzone.k8s.source.cluster;

import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.source.object.Manifest.EndpointsManifest;
import io.clusterzone.k8s.source.object.Manifest.Subset;
import java.util.ArrayList;
import java.util.List;

/// Makes slices of an Endpoints object, as the mirroring controller does: one for each subset and
/// family. Named as [PodSlices] names its own.
final class MirroredSlices {
  private MirroredSlices() {}

  static List<EndpointSlice> of(EndpointsManifest manifest) {
    List<EndpointSlice> slices = new ArrayList<>();
    for (int i = 0; i < manifest.subsets().size(); i++) {
      addSlice(slices, manifest.key(), manifest.subsets().get(i), i, true);
      addSlice(slices, manifest.key(), manifest.subsets().get(i), i, false);
    }
    return slices;
  }

  private static void addSlice(
      List<EndpointSlice> slices, ObjectKey key, Subset subset, int index, boolean v4) {
    List<Endpoint> endpoints =
        subset.endpoints().stream()
            .filter(endpoint -> endpoint.addresses().getFirst().isV4() == v4)
            .toList();
    if (!endpoints.isEmpty()) {
      String name = key.name() + ":endpoints:" + (v4 ? "ipv4:" : "ipv6:") + index;
      slices.add(
          new EndpointSlice(
              new ObjectKey(key.namespace(), name), key.name(), "", "", endpoints, subset.ports()));
    }
  }
}
