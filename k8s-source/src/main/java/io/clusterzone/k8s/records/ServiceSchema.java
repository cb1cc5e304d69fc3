package io.clusterzone.k8s.records;

import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Namespace;
import io.clusterzone.k8s.model.ClusterObject.Pod;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.ClusterObject.ServiceImport;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.record.Rdata;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Trait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Works out the records of one Service in one zone: the Kubernetes DNS specification 1.1.0
/// sections 2.3 to 2.5, and the names that cluster DNS servers give beyond it. Made anew for each.
///
/// A Service has backends: its cluster IPs, or its ready endpoints if it is headless. Its own name
/// and each `_port._proto` below it hold the addresses of the backends and one SRV per backend name
/// and port number. Ready endpoints have names of their own, whatever the kind of Service.
final class ServiceSchema {
  private final ServiceView view;
  private final Name apex;
  private final SchemaOptions options;
  private final Map<Name, OwnerContent> owners = new HashMap<>();
  private final List<Pointer> pointers = new ArrayList<>();
  private final Set<Name> nameServers = new LinkedHashSet<>();
  private final Set<String> skipped = new LinkedHashSet<>();

  ServiceSchema(ServiceView view, Name apex, SchemaOptions options) {
    this.view = view;
    this.apex = apex;
    this.options = options;
  }

  ServiceRecords records() {
    Name name = serviceName(view.object().key());
    if (name == null) {
      skipped.add("no DNS name below " + apex + " can be made of it");
      return finish(Map.of());
    }
    return switch (view.object()) {
      case Service service ->
          switch (service.type()) {
            case CLUSTER_IP -> clusterIp(name, service.clusterIps(), service.ports());
            case HEADLESS -> headless(name, options.zonal());
            case EXTERNAL_NAME -> externalName(name, service.externalName());
          };
      case ServiceImport service when service.headless() -> headlessImport(name, service);
      case ServiceImport service -> clusterSetIp(name, service);
      case Namespace _, EndpointSlice _, Pod _ ->
          throw new IllegalStateException("not a Service: " + view.object());
    };
  }

  /// The pointers of [#records] for one address, at a fraction of the cost.
  List<Pointer> pointers(IpAddress address) {
    Name name = serviceName(view.object().key());
    if (name != null && view.object() instanceof Service service && !isHidden()) {
      switch (service.type()) {
        case CLUSTER_IP -> {
          if (service.clusterIps().contains(address)) {
            point(address, Pointer.Reason.CLUSTER_IP, name);
          }
          pointToEndpoints(endpoints(name, address::equals));
        }
        case HEADLESS -> pointToEndpoints(endpoints(name, address::equals));
        case EXTERNAL_NAME -> {}
      }
    }
    return pointers;
  }

  private @Nullable Name serviceName(ObjectKey key) {
    if (!OwnerNames.isObjectLabel(key.name())) {
      return null;
    }
    Name namespace = OwnerNames.child(apex.child("svc"), key.namespace());
    return namespace == null ? null : OwnerNames.child(namespace, key.name());
  }

  private boolean isHidden() {
    return options.ignoreEmptyService() && !view.hasReadyEndpoint();
  }

  private ServiceRecords clusterIp(Name name, List<IpAddress> addresses, List<Port> ports) {
    if (isHidden()) {
      return ServiceRecords.NONE;
    }
    offerAddresses(name, addresses, ports);
    for (IpAddress address : addresses) {
      point(address, Pointer.Reason.CLUSTER_IP, name);
    }
    if (!addresses.isEmpty()) {
      nameServers.add(name);
    }
    nameEndpoints(endpoints(name, _ -> true));
    return finish(Map.of());
  }

  /// A ServiceImport without ports has no name (unlike a Service), though its endpoints do.
  private ServiceRecords clusterSetIp(Name name, ServiceImport service) {
    if (isHidden()) {
      return ServiceRecords.NONE;
    }
    if (!service.ports().isEmpty()) {
      offerAddresses(name, service.addresses(), service.ports());
    }
    nameEndpoints(endpoints(name, _ -> true));
    return finish(Map.of());
  }

  /// A Service whose addresses are still to come exists: NODATA.
  private void offerAddresses(Name name, List<IpAddress> addresses, List<Port> ports) {
    owner(name);
    for (Port port : ports) {
      Name portName = portName(name, port);
      if (portName != null) {
        owner(portName);
      }
    }
    offer(name, addresses.stream().map(a -> new Backend(a, name, "", ports)).toList());
  }

  /// Without a ready endpoint there is nothing to own a name: NXDOMAIN, as the specification asks
  /// (section 2.4.1), and at once: `ready` that flips to false is what the cluster knows now. With
  /// zonal names the Service's name then is an empty non-terminal, because names stand below it:
  /// NODATA (RFC 8020 section 2). A source may hold back for a second the news that endpoints left
  /// a slice, while their Service has none elsewhere; never that one which stays is not ready.
  private ServiceRecords headless(Name name, boolean zonal) {
    List<Backend> endpoints = endpoints(name, _ -> true);
    offer(name, endpoints);
    nameEndpoints(endpoints);
    for (Backend endpoint : endpoints) {
      if (endpoint.name() != null) {
        nameServers.add(endpoint.name());
      }
    }
    return finish(
        zonal
            ? new ZonalNames(name, endpoints, options.ttlSeconds(), skipped).contents()
            : Map.of());
  }

  /// An import whose controller publishes no slices here has endpoints unknown here: neither
  /// NXDOMAIN nor NODATA would be true (KEP-1645, `status.endpointSliceObjects`). Slices that are
  /// there all the same count.
  private ServiceRecords headlessImport(Name name, ServiceImport service) {
    if (!service.slicesAbsent() || view.hasReadyEndpoint()) {
      return headless(name, false);
    }
    skipped.add(
        "status.endpointSliceObjects is Absent, so that its endpoints are not known here; its name"
            + " below %s is answered SERVFAIL".formatted(apex));
    return finish(Map.of(name, new Content(List.of(), Set.of(Trait.EXISTS, Trait.ELSEWHERE))));
  }

  /// An alias and nothing beside or below it. A target that is an IP address "is not resolved", and
  /// one that no DNS message can carry is not either.
  private ServiceRecords externalName(Name name, String text) {
    Name target = IpAddress.tryParse(text) != null ? null : OwnerNames.absolute(text);
    if (target == null) {
      skipped.add("its externalName is not a domain name: \"" + OwnerNames.shown(text) + "\"");
      return finish(Map.of());
    }
    RRset alias = RRset.of(options.ttlSeconds(), List.of(new Rdata.Cname(target)));
    return finish(Map.of(name, Content.of(alias)));
  }

  private List<Backend> endpoints(Name name, Predicate<IpAddress> wanted) {
    return new EndpointNames(view, name, options.endpointPodNames(), skipped).ready(wanted);
  }

  /// Puts backends behind the Service's name and behind `_port._proto` below it.
  private void offer(Name name, List<Backend> backends) {
    for (Backend backend : backends) {
      for (Port port : backend.ports()) {
        owner(name).add(backend, port);
        Name portName = portName(name, port);
        if (portName != null) {
          owner(portName).add(backend, port);
        }
      }
    }
  }

  private void nameEndpoints(List<Backend> endpoints) {
    for (Backend endpoint : endpoints) {
      if (endpoint.name() != null) {
        OwnerContent owner = owner(endpoint.name());
        for (Port port : endpoint.ports()) {
          owner.add(endpoint, port);
        }
      }
    }
    pointToEndpoints(endpoints);
  }

  private void pointToEndpoints(List<Backend> endpoints) {
    for (Backend endpoint : endpoints) {
      if (endpoint.name() != null) {
        point(endpoint.address(), Pointer.Reason.ENDPOINT, endpoint.name());
      }
    }
  }

  private void point(IpAddress address, Pointer.Reason reason, Name target) {
    if (view.object() instanceof Service service) {
      pointers.add(new Pointer(address, service.key(), reason, target));
    }
  }

  /// The name of a port (RFC 2782): both labels begin with an underscore. Null for a port without a
  /// name, which has none.
  private @Nullable Name portName(Name service, Port port) {
    if (port.name().isEmpty()) {
      return null;
    }
    Name protocol = OwnerNames.child(service, "_" + port.protocol());
    Name name = protocol == null ? null : OwnerNames.child(protocol, "_" + port.name());
    if (name == null) {
      skipped.add(
          "port %s/%s has no DNS name"
              .formatted(OwnerNames.shown(port.name()), OwnerNames.shown(port.protocol())));
    }
    return name;
  }

  private OwnerContent owner(Name name) {
    return owners.computeIfAbsent(name, _ -> new OwnerContent());
  }

  private ServiceRecords finish(Map<Name, Content> others) {
    Map<Name, Content> contents = HashMap.newHashMap(owners.size() + others.size());
    contents.putAll(others);
    owners.forEach(
        (name, owner) -> contents.put(name, owner.content(options.ttlSeconds(), skipped)));
    return new ServiceRecords(contents, pointers, nameServers, skipped);
  }
}
