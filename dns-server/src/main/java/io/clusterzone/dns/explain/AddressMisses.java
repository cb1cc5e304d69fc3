package io.clusterzone.dns.explain;

import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ReverseName;
import io.clusterzone.k8s.records.ClusterObjects;
import io.clusterzone.zones.name.Name;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why an address has no name. For one explanation.
final class AddressMisses {
  private final ClusterObjects cluster;
  private final Near near;

  AddressMisses(ClusterObjects cluster, Near near) {
    this.cluster = cluster;
    this.near = near;
  }

  List<Finding> of(Name name) {
    IpAddress address = address(name);
    if (address == null) {
      return List.of(
          new Finding(FindingKind.ADDRESS_UNKNOWN, "`%s` spells no address".formatted(name)));
    }
    for (EndpointSlice slice : cluster.slices()) {
      for (Endpoint endpoint : slice.endpoints()) {
        if (!endpoint.ready()
            && endpoint.addresses().contains(address)
            && isSeen(slice.key().namespace())) {
          return List.of(
              new Finding(
                  FindingKind.ADDRESS_UNKNOWN,
                  "%s is an endpoint of Service `%s/%s` that is not ready"
                      .formatted(address, slice.key().namespace(), slice.service())));
        }
      }
    }
    return List.of(
        new Finding(
            FindingKind.ADDRESS_UNKNOWN,
            "%s is neither the cluster IP of a Service nor one of its ready endpoints"
                .formatted(address)));
  }

  private boolean isSeen(String namespace) {
    Name services = cluster.options().primaryZone().child("svc");
    return cluster.namespaces().contains(namespace)
        && near.isSeen(Labels.join(List.of(namespace), services));
  }

  /// The address that a name below `in-addr.arpa` or `ip6.arpa` spells; null if it spells none.
  static @Nullable IpAddress address(Name name) {
    List<String> labels = Labels.all(name).reversed();
    if (labels.size() == 6 && labels.get(1).equals("in-addr")) {
      return checked(IpAddress.tryParse(String.join(".", labels.subList(2, 6))), name);
    }
    if (labels.size() == 34 && labels.get(1).equals("ip6")) {
      var text = new StringBuilder();
      for (int i = 2; i < labels.size(); i++) {
        text.append(i > 2 && i % 4 == 2 ? ":" : "").append(labels.get(i));
      }
      return checked(IpAddress.tryParse(text.toString()), name);
    }
    return null;
  }

  private static @Nullable IpAddress checked(@Nullable IpAddress address, Name name) {
    return address != null && ReverseName.of(address).equals(name.folded()) ? address : null;
  }
}
