package io.clusterzone.k8s.api.snapshot;

import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Namespace;
import io.clusterzone.k8s.model.ClusterObject.Pod;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.ClusterObject.ServiceImport;
import io.clusterzone.k8s.model.ObjectKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The order of a snapshot's objects: those asked for most come first, so that a reader can answer
/// them first. Namespaces and Services, then the slices of headless ones, without which those have
/// no addresses, then all that gives names to single endpoints and Pods. One kind follows another,
/// and slices of one Service each other.
public final class SnapshotOrder {
  private final Set<ObjectKey> headless = new HashSet<>();

  private SnapshotOrder() {}

  public static List<ClusterObject> of(Collection<ClusterObject> objects) {
    var order = new SnapshotOrder();
    for (ClusterObject object : objects) {
      switch (object) {
        case Service service when service.type() == Service.Type.HEADLESS ->
            order.headless.add(service.key());
        case ServiceImport imported when imported.headless() -> order.headless.add(imported.key());
        default -> {}
      }
    }
    return objects.stream()
        .sorted(
            Comparator.comparingInt(order::rank)
                .thenComparing(object -> object.key().namespace())
                .thenComparing(SnapshotOrder::service))
        .toList();
  }

  private int rank(ClusterObject object) {
    return switch (object) {
      case Namespace _ -> 0;
      case Service _ -> 1;
      case ServiceImport _ -> 2;
      case EndpointSlice slice -> headless.contains(owner(slice)) ? 3 : 4;
      case Pod _ -> 5;
    };
  }

  private static ObjectKey owner(EndpointSlice slice) {
    return new ObjectKey(slice.key().namespace(), service(slice));
  }

  private static String service(ClusterObject object) {
    if (object instanceof EndpointSlice slice) {
      return slice.service().isEmpty() ? slice.importedService() : slice.service();
    }
    return object.key().name();
  }
}
