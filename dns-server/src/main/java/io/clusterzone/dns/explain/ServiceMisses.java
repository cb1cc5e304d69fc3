package io.clusterzone.dns.explain;

import io.clusterzone.k8s.model.ClusterObject;
import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.records.ClusterObjects;
import io.clusterzone.zones.name.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Why a name below `svc` has no answer: from its namespace to the labels in front of its Service.
/// For one explanation.
final class ServiceMisses {
  private final ClusterObjects cluster;
  private final Near near;
  private final Labels labels;
  private final Kind kind;
  private final String namespace;
  private final String service;

  ServiceMisses(ClusterObjects cluster, Near near, Labels labels, Kind kind) {
    this.cluster = cluster;
    this.near = near;
    this.labels = labels;
    this.kind = kind;
    this.namespace = labels.fromZone(1);
    this.service = labels.fromZone(2);
  }

  List<Finding> of(int type) {
    if (namespace.isEmpty()) {
      return List.of();
    }
    if (!cluster.namespaces().contains(namespace)) {
      return withoutNamespace();
    }
    if (service.isEmpty()) {
      return List.of();
    }
    ClusterObject found = cluster.service(kind, new ObjectKey(namespace, service));
    return found == null ? withoutService() : new PartMisses(cluster, near, labels, found).of(type);
  }

  /// Whether a namespace exists that is not served is not told.
  private List<Finding> withoutNamespace() {
    List<Finding> findings = new ArrayList<>(swapped());
    boolean exposed = cluster.exposes(namespace);
    FindingKind why = exposed ? FindingKind.NAMESPACE_UNKNOWN : FindingKind.NAMESPACE_NOT_SERVED;
    String text =
        "namespace `%s` %s".formatted(namespace, exposed ? "does not exist" : "is not served here");
    String meant = Near.word(namespace, cluster.namespaces());
    if (!meant.isEmpty() && near.isSeen(labels.with(List.of(meant, "svc")))) {
      String does = text + "; `" + meant + (exposed ? "` does" : "` is");
      String name = service.isEmpty() ? "" : near.suggestion(inNamespace(meant));
      findings.add(new Finding(why, does, name));
    } else if (findings.isEmpty()) {
      findings.add(new Finding(why, text));
    }
    if (findings.stream().allMatch(finding -> finding.suggestion().isEmpty())) {
      findings.addAll(elsewhere());
    }
    return findings;
  }

  private List<Finding> withoutService() {
    List<Finding> findings = new ArrayList<>(elsewhere());
    findings.addAll(swapped());
    String meant = Near.word(service, cluster.services(kind, namespace));
    Name name = meant.isEmpty() ? null : renamed(labels.inFront(3), meant, namespace);
    String text = "namespace `%s` has no Service `%s`".formatted(namespace, service);
    if (name != null && near.isSeen(labels.with(List.of(meant, namespace, "svc")))) {
      String has = text + "; it has `" + meant + "`";
      findings.add(new Finding(FindingKind.SERVICE_UNKNOWN, has, near.suggestion(name)));
    } else if (findings.isEmpty()) {
      findings.add(new Finding(FindingKind.SERVICE_UNKNOWN, text));
    }
    return findings;
  }

  /// The same Service in other namespaces, as far as the client sees it.
  private List<Finding> elsewhere() {
    if (service.isEmpty()) {
      return List.of();
    }
    SortedSet<String> there = cluster.namespacesOf(kind, service);
    there.removeIf(other -> !near.isSeen(labels.with(List.of(service, other, "svc"))));
    if (there.isEmpty()) {
      return List.of();
    }
    return List.of(
        new Finding(
            FindingKind.SERVICE_ELSEWHERE,
            "Service `%s` exists in %s, not in `%s`"
                .formatted(service, Near.list(there), namespace),
            near.suggestion(inNamespace(there.getFirst()))));
  }

  private List<Finding> swapped() {
    Name meant = service.isEmpty() ? null : renamed(labels.inFront(3), namespace, service);
    boolean exists =
        !service.isEmpty() && cluster.service(kind, new ObjectKey(service, namespace)) != null;
    if (!exists || !near.isSeen(meant)) {
      return List.of();
    }
    return List.of(
        new Finding(
            FindingKind.LABELS_SWAPPED,
            "Service `%s` exists in namespace `%s`: the Service comes first"
                .formatted(namespace, service),
            String.valueOf(meant)));
  }

  private @Nullable Name inNamespace(String other) {
    return renamed(labels.inFront(3), service, other);
  }

  private @Nullable Name renamed(List<String> front, String newService, String newNamespace) {
    List<String> all = new ArrayList<>(front);
    all.addAll(List.of(newService, newNamespace, "svc"));
    return labels.with(all);
  }
}
