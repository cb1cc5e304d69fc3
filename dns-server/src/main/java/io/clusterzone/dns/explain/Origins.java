package io.clusterzone.dns.explain;

import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.Pod;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.model.ReverseName;
import io.clusterzone.k8s.records.ClusterObjects;
import io.clusterzone.zones.name.Name;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The objects that the records of a name come from, or would. For one explanation.
final class Origins {
  private final ClusterObjects cluster;

  Origins(ClusterObjects cluster) {
    this.cluster = cluster;
  }

  /// The Services whose name it is, or that the name is below, or whose address it spells.
  List<ClusterObject> services(Name name) {
    Labels labels = Labels.of(name, cluster);
    if (labels == null) {
      return List.of();
    }
    if (ReverseName.isReverse(labels.apex())) {
      IpAddress address = AddressMisses.address(name);
      return address == null ? List.of() : services(address);
    }
    ClusterObject found = service(labels);
    return found == null ? List.of() : List.of(found);
  }

  private @Nullable ClusterObject service(Labels labels) {
    if (!labels.fromZone(0).equals("svc")) {
      return null;
    }
    Kind kind =
        cluster.options().multiclusterZones().contains(labels.apex())
            ? Kind.SERVICE_IMPORT
            : Kind.SERVICE;
    return cluster.service(kind, new ObjectKey(labels.fromZone(1), labels.fromZone(2)));
  }

  private List<ClusterObject> services(IpAddress address) {
    Set<ObjectKey> keys = new LinkedHashSet<>();
    for (ClusterObject object : cluster.services()) {
      if (object instanceof ClusterObject.Service service
          && service.clusterIps().contains(address)) {
        keys.add(service.key());
      }
    }
    for (ClusterObject.EndpointSlice slice : cluster.slices()) {
      if (!slice.service().isEmpty() && has(slice, address)) {
        keys.add(new ObjectKey(slice.key().namespace(), slice.service()));
      }
    }
    List<ClusterObject> found = new ArrayList<>();
    for (ObjectKey key : keys) {
      ClusterObject service = cluster.service(Kind.SERVICE, key);
      if (service != null) {
        found.add(service);
      }
    }
    return found;
  }

  private static boolean has(ClusterObject.EndpointSlice slice, IpAddress address) {
    for (ClusterObject.Endpoint endpoint : slice.endpoints()) {
      if (endpoint.addresses().contains(address)) {
        return true;
      }
    }
    return false;
  }

  /// The Pods with the address that a name below `pod` spells.
  List<Pod> pods(Name name) {
    Labels labels = Labels.of(name, cluster);
    if (labels == null
        || !labels.fromZone(0).equals("pod")
        || !cluster.namespaces().contains(labels.fromZone(1))) {
      return List.of();
    }
    String label = labels.fromZone(2);
    return cluster.pods().stream()
        .filter(pod -> pod.key().namespace().equals(labels.fromZone(1)))
        .filter(pod -> pod.addresses().stream().anyMatch(address -> spells(label, address)))
        .toList();
  }

  private static boolean spells(String label, IpAddress address) {
    return label.equals(address.toString().replace(address.isV4() ? '.' : ':', '-'));
  }
}
