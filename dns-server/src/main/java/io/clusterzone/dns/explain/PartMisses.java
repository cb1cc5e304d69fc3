package io.clusterzone.dns.explain;

import io.clusterzone.dns.ops.Mnemonics;
import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.ClusterObject.EndpointSlice;
import io.clusterzone.k8s.model.ClusterObject.Namespace;
import io.clusterzone.k8s.model.ClusterObject.Pod;
import io.clusterzone.k8s.model.ClusterObject.Port;
import io.clusterzone.k8s.model.ClusterObject.Service;
import io.clusterzone.k8s.model.ClusterObject.ServiceImport;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.records.ClusterObjects;
import io.clusterzone.k8s.records.NamedEndpoint;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Why a name of a Service that exists has no answer: its endpoints, its ports, its families. For
/// one explanation.
final class PartMisses {
  private final ClusterObjects cluster;
  private final Near near;
  private final Labels labels;
  private final ClusterObject service;
  private final List<NamedEndpoint> endpoints;

  PartMisses(ClusterObjects cluster, Near near, Labels labels, ClusterObject service) {
    this.cluster = cluster;
    this.near = near;
    this.labels = labels;
    this.service = service;
    this.endpoints = cluster.endpoints(service, labels.apex());
  }

  List<Finding> of(int type) {
    List<String> front = labels.inFront(3);
    boolean ready = endpoints.stream().anyMatch(one -> one.endpoint().ready());
    if (cluster.options().ignoreEmptyService() && !ready && !isHeadless()) {
      return List.of(
          new Finding(
              FindingKind.EMPTY_HIDDEN, "Service %s has no ready endpoint".formatted(key())));
    }
    if (isHeadless() && !ready) {
      return List.of(new Finding(FindingKind.NO_READY_ENDPOINT, noneReady()));
    }
    if (service instanceof Service alias && alias.type() == Service.Type.EXTERNAL_NAME) {
      return alias(alias);
    }
    return switch (front.size()) {
      case 0 -> noRecords(type);
      case 1 ->
          front.getFirst().startsWith("_") ? noRecords(type) : endpoint(front.getFirst(), type);
      case 2 -> port(front.getFirst(), front.getLast(), type);
      default -> List.of();
    };
  }

  private boolean isHeadless() {
    return switch (service) {
      case Service one -> one.type() == Service.Type.HEADLESS;
      case ServiceImport one -> one.headless();
      case Namespace _, EndpointSlice _, Pod _ -> false;
    };
  }

  private String key() {
    return "`" + service.key() + "`";
  }

  private String noneReady() {
    if (endpoints.isEmpty()) {
      return "Service %s is headless and no EndpointSlice has an address for it".formatted(key());
    }
    return "Service %s is headless and none of its %d endpoint addresses is ready"
        .formatted(key(), endpoints.size());
  }

  private List<Finding> alias(Service alias) {
    boolean invalid =
        alias.externalName().matches("[0-9.]+|.*:.*") || alias.externalName().isEmpty();
    return invalid
        ? List.of(
            new Finding(
                FindingKind.ALIAS_INVALID,
                "the externalName of Service %s is `%s`".formatted(key(), alias.externalName())))
        : List.of();
  }

  /// The name exists: there are records of other types, or of the other family.
  private List<Finding> noRecords(int type) {
    boolean address = type == RRType.A || type == RRType.AAAA;
    boolean other =
        Stream.concat(clusterIps(), endpoints.stream().map(NamedEndpoint::address))
            .anyMatch(one -> one.isV4() == (type == RRType.AAAA));
    if (address && other) {
      return List.of(
          new Finding(
              FindingKind.FAMILY_MISSING,
              "Service %s has no %s address, and %s ones"
                  .formatted(
                      key(),
                      type == RRType.A ? "IPv4" : "IPv6",
                      type == RRType.A ? "IPv6" : "IPv4")));
    }
    return List.of(
        new Finding(
            FindingKind.NO_SUCH_TYPE,
            "the name exists and has no %s records".formatted(Mnemonics.type(type))));
  }

  private Stream<IpAddress> clusterIps() {
    return switch (service) {
      case Service one -> one.clusterIps().stream();
      case ServiceImport one -> one.addresses().stream();
      case Namespace _, EndpointSlice _, Pod _ -> Stream.empty();
    };
  }

  private List<Finding> endpoint(String label, int type) {
    Name asked = labels.with(labels.labels());
    for (NamedEndpoint one : endpoints) {
      Name name = one.name();
      if (name != null && asked != null && name.folded().equals(asked)) {
        return one.endpoint().ready()
            ? noRecords(type)
            : List.of(
                new Finding(
                    FindingKind.ENDPOINT_UNKNOWN,
                    "endpoint `%s` of Service %s is not ready".formatted(label, key())));
      }
      if (name != null && one.endpoint().pod().equals(label) && one.endpoint().ready()) {
        return List.of(
            new Finding(
                FindingKind.ENDPOINT_UNKNOWN,
                "Pod `%s` is an endpoint of Service %s and has no hostname there"
                    .formatted(label, key()),
                near.suggestion(name)));
      }
    }
    return List.of(nearEndpoint(label));
  }

  private Finding nearEndpoint(String label) {
    var names =
        endpoints.stream()
            .filter(one -> one.endpoint().ready() && !one.endpoint().hostname().isEmpty())
            .map(one -> one.endpoint().hostname().toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    String text = "Service %s has no endpoint `%s`".formatted(key(), label);
    String meant = Near.word(label, names);
    String name = meant.isEmpty() ? "" : near.suggestion(withFront(List.of(meant)));
    return name.isEmpty()
        ? new Finding(FindingKind.ENDPOINT_UNKNOWN, text)
        : new Finding(FindingKind.ENDPOINT_UNKNOWN, text + "; it has `" + meant + "`", name);
  }

  private List<Finding> port(String port, String protocol, int type) {
    if (!port.startsWith("_") || !protocol.startsWith("_")) {
      List<String> front = List.of(underscored(port), underscored(protocol));
      Name meant = withFront(front);
      return List.of(
          new Finding(
              FindingKind.NO_UNDERSCORES,
              "`%s.%s` should be `%s`".formatted(port, protocol, String.join(".", front)),
              near.suggestion(meant)));
    }
    List<String> there =
        ports().map(one -> "_" + one.name() + "._" + one.protocol()).distinct().sorted().toList();
    String given = port + "." + protocol;
    if (there.contains(given)) {
      return noRecords(type);
    }
    String text = "Service %s has no port `%s`".formatted(key(), given);
    String meant = there.size() == 1 ? there.getFirst() : Near.word(given, there);
    if (meant.isEmpty()) {
      text += there.isEmpty() ? ", nor any with a name" : "; it has " + Near.list(there);
    } else {
      text += "; it has `" + meant + "`";
    }
    return List.of(
        new Finding(
            FindingKind.PORT_UNKNOWN,
            text,
            meant.isEmpty() ? "" : near.suggestion(withFront(List.of(meant.split("\\.", 2))))));
  }

  private Stream<Port> ports() {
    Stream<Port> own =
        switch (service) {
          case Service one when one.type() == Service.Type.CLUSTER_IP -> one.ports().stream();
          case ServiceImport one when !one.headless() -> one.ports().stream();
          default -> endpoints.stream().flatMap(one -> one.ports().stream());
        };
    return own.filter(port -> !port.name().isEmpty());
  }

  private static String underscored(String label) {
    return label.startsWith("_") ? label : "_" + label;
  }

  private @Nullable Name withFront(List<String> front) {
    List<String> all = new ArrayList<>(front);
    all.addAll(labels.labels().subList(labels.labels().size() - 3, labels.labels().size()));
    return labels.with(all);
  }
}
