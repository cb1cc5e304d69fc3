package io.clusterzone.k8s.source.object;

import io.clusterzone.k8s.model.ClusterObject.Endpoint;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.source.object.Manifest.Subset;
import io.clusterzone.k8s.source.yaml.FieldReader;
import io.clusterzone.k8s.source.yaml.WantedFields;
import io.clusterzone.k8s.source.yaml.YamlNode;
import io.clusterzone.k8s.source.yaml.YamlNode.Mapping;
import io.clusterzone.k8s.text.ApiNames;
import io.clusterzone.k8s.text.LabelSelector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads EndpointSlices and Endpoints.
final class EndpointReader {
  private static final String FQDN = "FQDN";

  private final FieldReader fields;
  private final PortReader ports;
  private final LabelSelector labels;

  EndpointReader(FieldReader fields, PortReader ports, LabelSelector labels) {
    this.fields = fields;
    this.ports = ports;
    this.labels = labels;
  }

  /// A slice of names (`FQDN`) is read as one without endpoints: DNS has no use for it.
  Manifest slice(Mapping object, Metadata metadata) {
    String type = fields.text(object, "addressType");
    boolean fqdn = type.equals(FQDN);
    if (!fqdn && !type.equals("IPv4") && !type.equals("IPv6")) {
      fields.problem(
          object.fields().getOrDefault("addressType", object),
          "addressType: \"%s\" is none of IPv4, IPv6 and FQDN"
              .formatted(FieldReader.shorten(type)));
    }
    Map<String, String> own = metadata.labels();
    var slice =
        new EndpointSlice(
            metadata.key(),
            own.getOrDefault(SliceLabels.SERVICE, ""),
            own.getOrDefault(SliceLabels.IMPORTED_SERVICE, ""),
            own.getOrDefault(SliceLabels.CLUSTER, ""),
            fqdn ? List.of() : sliceEndpoints(object, type.equals("IPv4")),
            ports.endpointPorts(object, false));
    boolean mirror =
        own.getOrDefault(SliceLabels.MANAGED_BY, "").equals(SliceLabels.MIRRORING_CONTROLLER);
    return new Manifest.SliceManifest(
        slice, metadata.origin(), labels.matches(own) && !fqdn, mirror);
  }

  private List<Endpoint> sliceEndpoints(Mapping object, boolean v4) {
    List<Mapping> nodes = fields.mappings(object, "endpoints");
    List<Endpoint> endpoints = new ArrayList<>(nodes.size());
    for (Mapping node : nodes) {
      List<IpAddress> addresses = new ArrayList<>(1);
      for (YamlNode address : fields.list(node, "addresses")) {
        addAddress(addresses, address, v4);
      }
      if (addresses.isEmpty() && fields.list(node, "addresses").isEmpty()) {
        fields.problem(node, "addresses: an endpoint needs at least one");
      }
      Mapping conditions = fields.mapping(node, "conditions");
      boolean ready = fields.bool(conditions, "ready", true);
      boolean terminating = fields.bool(conditions, "terminating", false);
      endpoints.add(endpoint(node, addresses, ready, terminating));
    }
    return endpoints;
  }

  private void addAddress(List<IpAddress> addresses, YamlNode node, boolean v4) {
    @Nullable IpAddress address = fields.address(node, "addresses");
    if (address != null && address.isV4() != v4) {
      fields.problem(
          node,
          "addresses: %s is not an %s address, as addressType says"
              .formatted(address, v4 ? "IPv4" : "IPv6"));
    } else if (address != null) {
      addresses.add(address);
    }
  }

  private Endpoint endpoint(
      Mapping node, List<IpAddress> addresses, boolean ready, boolean terminating) {
    return new Endpoint(
        addresses,
        ready,
        terminating,
        fields.name(node, "hostname", ApiNames::labelFault),
        fields.ownText(fields.mapping(node, "targetRef"), "name"),
        fields.text(node, "zone"));
  }

  /// Endpoints of the older API, with what decides whether they are mirrored apart from the
  /// Service.
  Manifest endpoints(Mapping object, Metadata metadata) {
    List<Subset> subsets = new ArrayList<>();
    for (Mapping node : fields.mappings(object, "subsets")) {
      List<Endpoint> endpoints = new ArrayList<>();
      addEndpoints(endpoints, node, "addresses", true);
      addEndpoints(endpoints, node, "notReadyAddresses", false);
      subsets.add(new Subset(List.copyOf(endpoints), List.copyOf(ports.endpointPorts(node, true))));
    }
    Map<String, String> copied = new HashMap<>(metadata.labels());
    copied.put(SliceLabels.SERVICE, metadata.key().name());
    copied.put(SliceLabels.MANAGED_BY, SliceLabels.MIRRORING_CONTROLLER);
    return new Manifest.EndpointsManifest(
        metadata.key(),
        metadata.origin(),
        labels.matches(copied),
        isMirrored(metadata),
        List.copyOf(subsets));
  }

  private boolean isMirrored(Metadata metadata) {
    boolean skipped = "true".equals(metadata.labels().get(SliceLabels.SKIP_MIRROR));
    Mapping annotations = fields.mapping(metadata.fields(), "annotations");
    return !skipped && !annotations.fields().containsKey(WantedFields.LEADER);
  }

  private void addEndpoints(List<Endpoint> endpoints, Mapping subset, String field, boolean ready) {
    for (Mapping node : fields.mappings(subset, field)) {
      @Nullable YamlNode ip = fields.value(node, "ip");
      @Nullable IpAddress address = ip == null ? null : fields.address(ip, "ip");
      if (ip == null) {
        fields.problem(node, "ip is missing; give the endpoint its address");
      }
      endpoints.add(endpoint(node, address == null ? List.of() : List.of(address), ready, false));
    }
  }
}
