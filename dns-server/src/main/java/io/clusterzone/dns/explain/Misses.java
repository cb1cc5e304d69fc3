package io.clusterzone.dns.explain;

import io.clusterzone.k8s.model.Kind;
import io.clusterzone.k8s.model.ReverseName;
import io.clusterzone.k8s.records.ClusterObjects;
import io.clusterzone.zones.name.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/// Finds out why a name has no answer, and which one was probably meant. For one explanation; the
/// names of objects that it tells are those that the client sees ([Near]).
final class Misses {
  private static final String SERVICES = "svc";
  private static final String PODS = "pod";

  private final ClusterObjects cluster;
  private final Near near;

  Misses(ClusterObjects cluster, Near near) {
    this.cluster = cluster;
    this.near = near;
  }

  /// @param type that was asked for
  List<Finding> of(Name name, int type) {
    Labels labels = Labels.of(name, cluster);
    if (labels == null) {
      return outside(name);
    }
    if (ReverseName.isReverse(labels.apex())) {
      return new AddressMisses(cluster, near).of(name);
    }
    return switch (labels.fromZone(0)) {
      case SERVICES -> new ServiceMisses(cluster, near, labels, kind(labels.apex())).of(type);
      case PODS -> new PodMisses(cluster).of(labels);
      default -> withoutTree(labels);
    };
  }

  private Kind kind(Name apex) {
    return cluster.options().multiclusterZones().contains(apex)
        ? Kind.SERVICE_IMPORT
        : Kind.SERVICE;
  }

  /// The name of a Service, with the zone of another cluster or a misspelt one.
  private List<Finding> outside(Name name) {
    List<String> all = Labels.all(name);
    int tree = all.lastIndexOf(SERVICES);
    Name zone = cluster.options().primaryZone();
    if (tree < 1) {
      return List.of();
    }
    Name inZone = Labels.join(all.subList(0, tree + 1), zone);
    if (!near.isSeen(inZone)) {
      return List.of();
    }
    Name given = Labels.join(all.subList(tree + 1, all.size()), Name.ROOT);
    return List.of(
        new Finding(
            FindingKind.OTHER_ZONE,
            "`%s` is no zone of this cluster; its zone is `%s`".formatted(given, zone),
            String.valueOf(inZone)));
  }

  /// Neither below `svc` nor below `pod`.
  private List<Finding> withoutTree(Labels labels) {
    List<String> given = labels.labels();
    List<Finding> findings = new ArrayList<>();
    if (given.size() >= 2) {
      List<String> with = new ArrayList<>(given);
      boolean misspelt =
          given.size() > 2 && !Near.word(labels.fromZone(0), List.of(SERVICES)).isEmpty();
      if (misspelt) {
        with.removeLast();
      }
      with.add(SERVICES);
      Name meant = labels.with(with);
      if (near.isSeen(meant)) {
        findings.add(
            new Finding(
                FindingKind.SVC_MISSING,
                misspelt
                    ? "`%s` should be `svc`".formatted(labels.fromZone(0))
                    : "the label `svc` is missing before `%s`".formatted(labels.apex()),
                String.valueOf(meant)));
      }
    } else if (given.size() == 1) {
      String service = labels.fromZone(0);
      SortedSet<String> there = cluster.namespacesOf(Kind.SERVICE, service);
      there.removeIf(namespace -> !near.isSeen(labels.with(List.of(service, namespace, SERVICES))));
      if (!there.isEmpty()) {
        Name meant = labels.with(List.of(service, there.getFirst(), SERVICES));
        findings.add(
            new Finding(
                FindingKind.SVC_MISSING,
                "Service `%s` exists in %s".formatted(service, Near.list(there)),
                String.valueOf(meant)));
      }
    }
    return findings;
  }
}
