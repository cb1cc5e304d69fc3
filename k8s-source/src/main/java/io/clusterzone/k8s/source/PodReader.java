package io.clusterzone.k8s.source;

import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.source.Manifest.PodState;
import io.clusterzone.k8s.source.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads Pods.
final class PodReader {
  private final FieldReader fields;
  private final PortReader ports;
  private final LabelSelector labels;

  PodReader(FieldReader fields, PortReader ports, LabelSelector labels) {
    this.fields = fields;
    this.ports = ports;
    this.labels = labels;
  }

  Manifest pod(Mapping object, Metadata metadata) {
    Mapping spec = fields.mapping(object, "spec");
    Mapping status = fields.mapping(object, "status");
    return new Manifest.PodManifest(
        metadata.key(),
        metadata.origin(),
        labels.matches(metadata.labels()),
        metadata.labels(),
        List.copyOf(addresses(status)),
        state(status, metadata),
        fields.name(spec, "hostname", ApiNames::labelFault),
        fields.name(spec, "subdomain", ApiNames::labelFault),
        fields.text(spec, "nodeName"),
        List.copyOf(namedPorts(spec)));
  }

  /// The addresses of `podIPs`, or the one of `podIP`.
  private List<IpAddress> addresses(Mapping status) {
    List<IpAddress> addresses = new ArrayList<>(1);
    for (Mapping node : fields.mappings(status, "podIPs")) {
      addAddress(addresses, node, "ip");
    }
    if (addresses.isEmpty()) {
      addAddress(addresses, status, "podIP");
    }
    return addresses;
  }

  private void addAddress(List<IpAddress> addresses, Mapping parent, String field) {
    @Nullable YamlNode node = fields.value(parent, field);
    @Nullable IpAddress address = node == null ? null : fields.address(node, field);
    if (address != null) {
      addresses.add(address);
    }
  }

  private PodState state(Mapping status, Metadata metadata) {
    String phase = fields.text(status, "phase");
    boolean ended = phase.equals("Succeeded") || phase.equals("Failed");
    boolean ready = false;
    for (Mapping condition : fields.mappings(status, "conditions")) {
      if (fields.text(condition, "type").equals("Ready")) {
        ready = fields.text(condition, "status").equals("True");
      }
    }
    boolean terminating = fields.value(metadata.fields(), "deletionTimestamp") != null;
    return new PodState(ended, phase.equals("Unknown"), ready, terminating);
  }

  /// The ports that a target port may name: those of containers, and of init containers that stay
  /// (`restartPolicy: Always`).
  private List<Port> namedPorts(Mapping spec) {
    List<Port> named = new ArrayList<>();
    for (Mapping container : fields.mappings(spec, "containers")) {
      addNamed(named, container);
    }
    for (Mapping container : fields.mappings(spec, "initContainers")) {
      if (fields.text(container, "restartPolicy").equals("Always")) {
        addNamed(named, container);
      }
    }
    return named;
  }

  private void addNamed(List<Port> named, Mapping container) {
    for (Port port : ports.containerPorts(container)) {
      if (!port.name().isEmpty()) {
        named.add(port);
      }
    }
  }
}
