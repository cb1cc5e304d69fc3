package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.ServiceImport;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.zones.name.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds the ready endpoints of a Service and names them.
final class EndpointNames {
  /// A Pod whose name is longer does not name its endpoint.
  private static final int MAX_POD_NAME_LENGTH = 63;

  private final ServiceView view;
  private final Name service;
  private final boolean podNames;
  private final Set<String> skipped;

  /// @param service the owner name of the Service
  /// @param skipped takes what could not be named, and why
  EndpointNames(ServiceView view, Name service, boolean podNames, Set<String> skipped) {
    this.view = view;
    this.service = service;
    this.podNames = podNames;
    this.skipped = skipped;
  }

  /// The ready addresses of all slices, of those that are wanted. An address that is ready in one
  /// slice and not in another is ready; one that stands in several slices is here as often.
  List<Backend> ready(Predicate<IpAddress> wanted) {
    List<Backend> backends = new ArrayList<>();
    for (EndpointSlice slice : view.slices()) {
      Name parent = parent(slice);
      for (Endpoint endpoint : slice.endpoints()) {
        if (endpoint.ready()) {
          for (IpAddress address : endpoint.addresses()) {
            if (wanted.test(address)) {
              Name name = parent == null ? null : name(parent, slice, endpoint, address);
              backends.add(new Backend(address, name, endpoint.zone(), slice.ports()));
            }
          }
        }
      }
    }
    return backends;
  }

  /// All addresses of all slices, ready or not, with the names they have or would have if they
  /// were.
  List<NamedEndpoint> all() {
    List<NamedEndpoint> all = new ArrayList<>();
    for (EndpointSlice slice : view.slices()) {
      Name parent = parent(slice);
      for (Endpoint endpoint : slice.endpoints()) {
        for (IpAddress address : endpoint.addresses()) {
          Name name = parent == null ? null : name(parent, slice, endpoint, address);
          all.add(new NamedEndpoint(slice.key(), endpoint, address, name, slice.ports()));
        }
      }
    }
    return all;
  }

  /// Endpoints are named below their Service; those of a ServiceImport below the id of their
  /// cluster, which may have several labels (KEP-1645).
  private @Nullable Name parent(EndpointSlice slice) {
    if (!(view.object() instanceof ServiceImport)) {
      return service;
    }
    Name cluster = OwnerNames.below(service, slice.cluster());
    if (cluster == null) {
      skipped.add(
          "EndpointSlice %s: no names for its endpoints, its cluster is \"%s\""
              .formatted(slice.key(), OwnerNames.shown(slice.cluster())));
    }
    return cluster;
  }

  /// The first that can be a name: the hostname, the name of the Pod where that is wanted, and the
  /// address. A hostname that cannot be is as good as none; the API server takes no such.
  private @Nullable Name name(
      Name parent, EndpointSlice slice, Endpoint endpoint, IpAddress address) {
    Name name = null;
    if (!endpoint.hostname().isEmpty()) {
      name = OwnerNames.child(parent, endpoint.hostname());
      reportUnless(name, slice, address, endpoint.hostname());
    }
    String pod = endpoint.pod();
    if (name == null && podNames && !pod.isEmpty() && pod.length() <= MAX_POD_NAME_LENGTH) {
      name = OwnerNames.below(parent, pod);
      reportUnless(name, slice, address, pod);
    }
    if (name == null) {
      String label = dashed(address);
      name = OwnerNames.child(parent, label);
      reportUnless(name, slice, address, label);
    }
    return name;
  }

  private void reportUnless(
      @Nullable Name name, EndpointSlice slice, IpAddress address, String text) {
    if (name == null) {
      skipped.add(
          "EndpointSlice %s: endpoint %s cannot be named \"%s\""
              .formatted(slice.key(), address, OwnerNames.shown(text)));
    }
  }

  /// An address as a label; one that would end in a hyphen (`fd00::`) ends in a zero instead.
  private static String dashed(IpAddress address) {
    String label = OwnerNames.label(address);
    return label.endsWith("-") ? label + "0" : label;
  }
}
