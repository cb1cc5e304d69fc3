package io.clusterzone.k8s.source.object;

import io.clusterzone.k8s.made.IpFamily;
import io.clusterzone.k8s.made.ServiceFamilies;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.k8s.source.object.Manifest.PodEndpoints;
import io.clusterzone.k8s.source.object.Manifest.TargetPort;
import io.clusterzone.k8s.source.yaml.FieldReader;
import io.clusterzone.k8s.source.yaml.YamlNode;
import io.clusterzone.k8s.source.yaml.YamlNode.Mapping;
import io.clusterzone.k8s.text.ApiNames;
import io.clusterzone.k8s.text.LabelSelector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads Services and ServiceImports.
final class ServiceReader {
  private static final String NONE = "None";

  private final FieldReader fields;
  private final PortReader portReader;
  private final LabelSelector labels;

  /// The families that Services get addresses of, the default one first; none where they get none.
  private final List<IpFamily> configured;

  ServiceReader(FieldReader fields, PortReader portReader, ManifestOptions options) {
    this.fields = fields;
    this.portReader = portReader;
    this.labels = options.labels();
    this.configured = options.made().serviceFamilies();
  }

  Manifest service(Mapping object, Metadata metadata) {
    Mapping spec = fields.mapping(object, "spec");
    List<YamlNode> ipNodes = clusterIpNodes(spec);
    boolean headless = !ipNodes.isEmpty() && isNone(ipNodes.getFirst());
    List<IpAddress> ips = headless ? List.of() : addresses(ipNodes, ipField(spec));
    Service.Type type = type(spec, headless, ipNodes);
    List<Port> ports = portReader.servicePorts(spec);
    if (ports.isEmpty() && type == Service.Type.CLUSTER_IP) {
      fields.problem(ProblemKind.FIELD_MISSING, spec, "a Service needs ports");
    }
    var service = new Service(metadata.key(), type, ips, ports, externalName(spec, type));
    List<IpFamily> families = families(spec, service);
    return new Manifest.ServiceManifest(
        service,
        metadata.origin(),
        labels.matches(metadata.labels()),
        headless ? List.of() : ipNodes.stream().map(fields::origin).toList(),
        lacking(spec, service, families),
        podEndpoints(spec, service, metadata, families));
  }

  /// The nodes of `clusterIPs`, or of `clusterIP` where that is all there is.
  private List<YamlNode> clusterIpNodes(Mapping spec) {
    @Nullable YamlNode single = fields.value(spec, "clusterIP");
    List<YamlNode> nodes = fields.list(spec, "clusterIPs");
    if (single == null || isText(single, "")) {
      return nodes;
    }
    if (!nodes.isEmpty() && !isText(nodes.getFirst(), fields.text(single, "clusterIP"))) {
      fields.problem(single, "clusterIP is not the first of clusterIPs; make them equal");
    }
    return nodes.isEmpty() ? List.of(single) : nodes;
  }

  private String ipField(Mapping spec) {
    return fields.list(spec, "clusterIPs").isEmpty() ? "clusterIP" : "clusterIPs";
  }

  private Service.Type type(Mapping spec, boolean headless, List<YamlNode> ips) {
    String type = fields.text(spec, "type");
    return switch (type) {
      case "", "ClusterIP", "NodePort", "LoadBalancer" ->
          headless ? Service.Type.HEADLESS : Service.Type.CLUSTER_IP;
      case "ExternalName" -> {
        if (!ips.isEmpty() && !headless) {
          fields.problem(ips.getFirst(), "clusterIP: an ExternalName Service has none; remove it");
        }
        yield Service.Type.EXTERNAL_NAME;
      }
      default -> {
        fields.problem(
            spec.fields().getOrDefault("type", spec),
            "type: \"%s\" is none of ClusterIP, NodePort, LoadBalancer and ExternalName"
                .formatted(FieldReader.shorten(type)));
        yield Service.Type.CLUSTER_IP;
      }
    };
  }

  private String externalName(Mapping spec, Service.Type type) {
    if (type != Service.Type.EXTERNAL_NAME) {
      return "";
    }
    String name = fields.checked(spec, "externalName", ServiceReader::externalNameFault);
    if (IpAddress.tryParse(name) != null) {
      fields.problem(
          ProblemKind.ADDRESS_AS_NAME,
          spec.fields().getOrDefault("externalName", spec),
          "externalName: \"%s\" is an address, and an alias leads to a name: use a Service without a"
                  .formatted(name)
              + " selector and an EndpointSlice");
    } else if (name.isEmpty()) {
      fields.problem(
          ProblemKind.FIELD_MISSING,
          spec,
          "externalName is missing; an ExternalName Service needs one");
    }
    return name;
  }

  /// The API server takes an IPv4 address for a name here, and DNS cannot: "ExternalNames that
  /// resemble IPv4 addresses are not resolved".
  private static String externalNameFault(String name) {
    if (IpAddress.tryParse(name) != null) {
      return ""; // Told of by the caller, as another kind.
    }
    boolean absolute = name.endsWith(".");
    return ApiNames.subdomainFault(absolute ? name.substring(0, name.length() - 1) : name);
  }

  private List<IpAddress> addresses(List<YamlNode> nodes, String field) {
    List<IpAddress> addresses = new ArrayList<>(nodes.size());
    for (YamlNode node : nodes) {
      @Nullable IpAddress address = fields.address(node, field);
      boolean secondOfFamily =
          address != null && addresses.stream().anyMatch(a -> a.isV4() == address.isV4());
      if (secondOfFamily) {
        fields.problem(node, field + ": a Service has one address of each family; remove this");
      } else if (address != null) {
        addresses.add(address);
      }
    }
    return addresses;
  }

  private PodEndpoints podEndpoints(
      Mapping spec, Service service, Metadata metadata, List<IpFamily> families) {
    boolean external = service.type() == Service.Type.EXTERNAL_NAME;
    List<Mapping> nodes = fields.mappings(spec, "ports");
    List<TargetPort> targets = new ArrayList<>(nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      targets.add(portReader.target(nodes.get(i), service.ports().get(i)));
    }
    return new PodEndpoints(
        external ? Map.of() : fields.texts(spec, "selector"),
        fields.shared(targets),
        families.contains(IpFamily.IPV4),
        families.contains(IpFamily.IPV6),
        fields.bool(spec, "publishNotReadyAddresses", false),
        labels.matches(sliceLabels(metadata, service)));
  }

  /// The families of a Service's addresses and slices: as the API server settles them where it is
  /// its place that is taken, else `ipFamilies`, those of the cluster IPs, or any.
  private List<IpFamily> families(Mapping spec, Service service) {
    List<IpFamily> given = new ArrayList<>(2);
    for (YamlNode node : fields.list(spec, "ipFamilies")) {
      for (IpFamily family : IpFamily.values()) {
        if (isText(node, family.toString()) && !given.contains(family)) {
          given.add(family);
        }
      }
    }
    List<IpFamily> addressed = service.clusterIps().stream().map(IpFamily::of).toList();
    if (!configured.isEmpty()) {
      return new ServiceFamilies(
              fields.text(spec, "ipFamilyPolicy"),
              given,
              addressed,
              service.type() == Service.Type.HEADLESS,
              !fields.mapping(spec, "selector").fields().isEmpty())
          .in(configured);
    }
    return !given.isEmpty() ? given : !addressed.isEmpty() ? addressed : List.of(IpFamily.values());
  }

  /// The families of the addresses to make up.
  private List<IpFamily> lacking(Mapping spec, Service service, List<IpFamily> families) {
    if (service.type() != Service.Type.CLUSTER_IP || configured.isEmpty()) {
      return List.of();
    }
    List<IpFamily> lacking = new ArrayList<>(families);
    service.clusterIps().forEach(address -> lacking.remove(IpFamily.of(address)));
    for (IpFamily family : lacking) {
      if (!configured.contains(family)) {
        fields.problem(
            spec.fields()
                .getOrDefault("ipFamilies", spec.fields().getOrDefault("ipFamilyPolicy", spec)),
            "the Service needs an %s address and there is no range of these; add one to service_cidr"
                .formatted(family));
      }
    }
    return fields.shared(lacking);
  }

  /// The labels that the endpointslice controller gives its slices: the Service's, and its own.
  private static Map<String, String> sliceLabels(Metadata metadata, Service service) {
    Map<String, String> all = new HashMap<>(metadata.labels());
    all.put(SliceLabels.SERVICE, service.key().name());
    all.put(SliceLabels.MANAGED_BY, SliceLabels.CONTROLLER);
    if (service.type() == Service.Type.HEADLESS) {
      all.put(SliceLabels.HEADLESS, "");
    }
    return all;
  }

  Manifest serviceImport(Mapping object, Metadata metadata) {
    Mapping spec = fields.mapping(object, "spec");
    String type = fields.text(spec, "type");
    boolean headless = type.equals("Headless");
    if (!headless && !type.equals("ClusterSetIP")) {
      fields.problem(
          spec.fields().getOrDefault("type", spec),
          "type: \"%s\" is neither ClusterSetIP nor Headless".formatted(FieldReader.shorten(type)));
    }
    var read =
        new ClusterObject.ServiceImport(
            metadata.key(),
            headless,
            fields.text(fields.mapping(object, "status"), "endpointSliceObjects").equals("Absent"),
            addresses(fields.list(spec, "ips"), "ips"),
            portReader.servicePorts(spec));
    return new Manifest.ImportManifest(read, metadata.origin());
  }

  private static boolean isNone(YamlNode node) {
    return isText(node, NONE);
  }

  private static boolean isText(YamlNode node, String text) {
    return node instanceof YamlNode.Scalar scalar && scalar.text().equals(text);
  }
}
