package io.clusterzone.k8s.source.cluster;

import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.source.object.Manifest;
import io.clusterzone.k8s.source.object.Manifest.EndpointsManifest;
import io.clusterzone.k8s.source.object.Manifest.ServiceManifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides on the origin of a Service's endpoints, besides the slices in the files, and keeps the
/// slices made for it. Confined to the source's thread.
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
    boolean mirrored =
        definitions.get(id) instanceof EndpointsManifest endpoints
            && endpoints.mirrored()
            && endpoints.selected()
            && !given.mirror(key);
    return mirrored && definitions.get(id) instanceof EndpointsManifest endpoints
        ? MirroredSlices.of(endpoints)
        : List.of();
  }

  private String zoneOfNode(String node) {
    var id = new Manifest.Identity(Manifest.Kind.NODE, new ObjectKey("", node));
    return definitions.get(id) instanceof Manifest.NodeManifest found ? found.zone() : "";
  }
}
