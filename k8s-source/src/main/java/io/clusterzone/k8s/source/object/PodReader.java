package io.clusterzone.k8s.source.object;

import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.source.object.Manifest.PodState;
import io.clusterzone.k8s.source.yaml.FieldReader;
import io.clusterzone.k8s.source.yaml.YamlNode;
import io.clusterzone.k8s.source.yaml.YamlNode.Mapping;
import io.clusterzone.k8s.text.ApiNames;
import io.clusterzone.k8s.text.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads Pods.
final class PodReader {
  private final FieldReader fields;
  private final PortReader ports;
  private final LabelSelector labels;

  /// Whether Pods without an address get one.
  private final boolean made;

  PodReader(FieldReader fields, PortReader ports, ManifestOptions options) {
    this.fields = fields;
    this.ports = ports;
    this.labels = options.labels();
    this.made = options.made().makesPods();
  }

  Manifest pod(Mapping object, Metadata metadata) {
    Mapping spec = fields.mapping(object, "spec");
    Mapping status = fields.mapping(object, "status");
    List<IpAddress> addresses = List.copyOf(addresses(status));
    boolean bare = made && addresses.isEmpty() && isNew(spec, status);
    return new Manifest.PodManifest(
        metadata.key(),
        metadata.origin(),
        labels.matches(metadata.labels()),
        Owner.read(metadata, fields),
        bare,
        metadata.labels(),
        addresses,
        state(status, metadata, bare),
        fields.name(spec, "hostname", ApiNames::labelFault),
        fields.name(spec, "subdomain", ApiNames::labelFault),
        fields.text(spec, "nodeName"),
        List.copyOf(namedPorts(spec)));
  }

  /// Whether a Pod has not begun, and will go on: one that ends, as a chart's test does, is taken
  /// to have ended.
  private boolean isNew(Mapping spec, Mapping status) {
    String restarts = fields.text(spec, "restartPolicy");
    return (restarts.isEmpty() || restarts.equals("Always"))
        && fields.text(status, "phase").isEmpty();
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

  /// A new Pod is ready soon, unless the file says otherwise.
  private PodState state(Mapping status, Metadata metadata, boolean bare) {
    String phase = fields.text(status, "phase");
    boolean ended = phase.equals("Succeeded") || phase.equals("Failed");
    List<Mapping> conditions = fields.mappings(status, "conditions");
    boolean ready = bare && conditions.isEmpty();
    for (Mapping condition : conditions) {
      if (fields.text(condition, "type").equals("Ready")) {
        ready = fields.text(condition, "status").equals("True");
      }
    }
    boolean terminating = fields.value(metadata.fields(), "deletionTimestamp") != null;
    return new PodState(ended, phase.equals("Unknown"), ready, terminating);
  }

  /// The ports that a target port may name: those of containers, and of init containers that stay
  /// (`restartPolicy: Always`).
  List<Port> namedPorts(Mapping spec) {
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
