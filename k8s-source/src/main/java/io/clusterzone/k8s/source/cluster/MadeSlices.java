package io.clusterzone.k8s.source.cluster;

import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.source.object.Manifest;
import io.clusterzone.k8s.source.object.Manifest.EndpointsManifest;
import io.clusterzone.k8s.source.object.Manifest.ServiceManifest;
import io.clusterzone.k8s.source.object.Manifest.Subset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides on the origin of a Service's endpoints, and keeps the slices made for it. Confined to
/// the source's thread.
///
/// With a selector: from its Pods, unless a slice in the files names the Service. Without: from its
/// Endpoints object, unless the mirroring controller's own slices are in the files. Never for a
/// Service that is not there.
final class MadeSlices {
  private final Definitions definitions;
  private final GivenSlices given;
  private final PodIndex pods;
  private final PodSlices podSlices;
  private final Map<ObjectKey, List<EndpointSlice>> made = new HashMap<>();

  MadeSlices(Definitions definitions, GivenSlices given, PodIndex pods) {
    this.definitions = definitions;
    this.given = given;
    this.pods = pods;
    podSlices = new PodSlices(this::zoneOfNode);
  }

  void settle(ObjectKey key, @Nullable ServiceManifest service, Served served) {
    List<EndpointSlice> slices = service == null ? List.of() : slices(service);
    List<EndpointSlice> old = slices.isEmpty() ? made.remove(key) : made.put(key, slices);
    if (old != null) {
      old.forEach(slice -> served.remove(Kind.ENDPOINT_SLICE, slice.key()));
    }
    slices.forEach(served::put);
  }

  /// Whether a Service has slices, made or in the files.
  boolean hasAny(ObjectKey key) {
    return made.containsKey(key) || given.name(key);
  }

  private List<EndpointSlice> slices(ServiceManifest service) {
    ObjectKey key = service.key();
    var selector = service.endpoints().selector();
    if (!selector.isEmpty()) {
      return given.name(key) || !service.endpoints().selected()
          ? List.of()
          : podSlices.of(service, pods.matching(key.namespace(), selector));
    }
    var id = new Manifest.Identity(Manifest.Kind.ENDPOINTS, key);
    return definitions.get(id) instanceof EndpointsManifest endpoints
            && endpoints.mirrored()
            && endpoints.selected()
            && !given.mirror(key)
        ? mirrored(endpoints)
        : List.of();
  }

  private String zoneOfNode(String node) {
    var id = new Manifest.Identity(Manifest.Kind.NODE, new ObjectKey("", node));
    return definitions.get(id) instanceof Manifest.NodeManifest found ? found.zone() : "";
  }

  /// Slices of an Endpoints object, as the mirroring controller makes them: one for each subset and
  /// family. Named as [PodSlices] names its own.
  private static List<EndpointSlice> mirrored(EndpointsManifest manifest) {
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
