package io.clusterzone.k8s.source.object;

import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.k8s.source.yaml.FieldReader;
import io.clusterzone.k8s.source.yaml.PlainScalar;
import io.clusterzone.k8s.source.yaml.YamlNode;
import io.clusterzone.k8s.source.yaml.YamlNode.Mapping;
import io.clusterzone.k8s.text.ApiNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads ports as Services, slices, Endpoints and containers have them.
final class PortReader {
  private final FieldReader fields;

  PortReader(FieldReader fields) {
    this.fields = fields;
  }

  /// The ports of a Service or ServiceImport: a number each, names that differ, and no name only
  /// where it is alone.
  List<Port> servicePorts(Mapping spec) {
    List<Mapping> nodes = fields.mappings(spec, "ports");
    List<Port> ports = ports(nodes, "port", true);
    for (int i = 0; nodes.size() > 1 && i < nodes.size(); i++) {
      boolean given =
          nodes.get(i).fields().get("name") instanceof YamlNode.Scalar name
              && !PlainScalar.isNull(name)
              && !name.text().isEmpty();
      if (!given) {
        fields.problem(
            ProblemKind.FIELD_MISSING, nodes.get(i), "ports: one of several ports needs a name");
      }
    }
    return ports;
  }

  /// The ports of a slice or of a subset of Endpoints; a slice's may have no number.
  List<Port> endpointPorts(Mapping parent, boolean numbered) {
    return ports(fields.mappings(parent, "ports"), "port", numbered);
  }

  List<Port> containerPorts(Mapping container) {
    return ports(fields.mappings(container, "ports"), "containerPort", true);
  }

  private List<Port> ports(List<Mapping> nodes, String numberField, boolean numbered) {
    List<Port> ports = new ArrayList<>(nodes.size());
    Set<String> names = new HashSet<>();
    for (Mapping node : nodes) {
      String name = fields.name(node, "name", ApiNames::labelFault);
      if (!names.add(name) && !name.isEmpty()) {
        fields.problem(node, "ports: two have the name \"%s\"; rename one".formatted(name));
      }
      ports.add(new Port(name, protocol(node), number(node, numberField, numbered)));
    }
    return fields.shared(ports);
  }

  private int number(Mapping node, String field, boolean required) {
    @Nullable YamlNode value = fields.value(node, field);
    if (value != null) {
      return fields.integer(value, field, 1, Port.MAX_NUMBER);
    }
    if (required) {
      fields.problem(
          ProblemKind.FIELD_MISSING,
          node,
          field + " is missing; give a number from 1 to " + Port.MAX_NUMBER);
    }
    return Port.NO_NUMBER;
  }

  private String protocol(Mapping node) {
    String protocol = fields.text(node, "protocol");
    return switch (protocol) {
      case "", "TCP" -> "tcp";
      case "UDP" -> "udp";
      case "SCTP" -> "sctp";
      default -> {
        fields.problem(
            node.fields().getOrDefault("protocol", node),
            "protocol: \"%s\" is none of TCP, UDP and SCTP"
                .formatted(FieldReader.shorten(protocol)));
        yield "tcp";
      }
    };
  }

  /// The target of a Service's port; without a target port, its own number.
  Manifest.TargetPort target(Mapping node, Port port) {
    @Nullable YamlNode value = fields.value(node, "targetPort");
    boolean named =
        value instanceof YamlNode.Scalar scalar
            && !PlainScalar.isNumber(scalar)
            && !scalar.text().isEmpty();
    String name = named ? fields.checked(node, "targetPort", ApiNames::portNameFault) : "";
    int number =
        value == null || named
            ? port.number()
            : fields.integer(value, "targetPort", 0, Port.MAX_NUMBER);
    return new Manifest.TargetPort(
        port.name(), port.protocol(), name, number == 0 ? port.number() : number);
  }
}
