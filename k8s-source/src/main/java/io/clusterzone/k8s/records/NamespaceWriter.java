package io.clusterzone.k8s.records;

import io.clusterzone.k8s.records.SchemaZone.Role;
import io.clusterzone.k8s.records.Subject.NamespaceNodes;
import io.clusterzone.k8s.records.Subject.PodName;
import io.clusterzone.zones.name.Name;
import io.clusterzone.zones.record.RRset;
import io.clusterzone.zones.zone.Content;
import io.clusterzone.zones.zone.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Brings the nodes of namespaces and the names of Pods in line with the cluster. For the zone
/// writer's thread only.
final class NamespaceWriter {
  private final SchemaOptions options;
  private final ClusterState state;
  private final ZoneListener listener;
  private final List<Name> zones;

  NamespaceWriter(SchemaOptions options, ClusterState state, ZoneListener listener) {
    this.options = options;
    this.state = state;
    this.listener = listener;
    this.zones =
        SchemaZone.of(options).stream()
            .filter(zone -> zone.role() != Role.REVERSE)
            .map(SchemaZone::apex)
            .toList();
  }

  /// A namespace exists in DNS if it does in the cluster, even without contents.
  void write(NamespaceNodes nodes, ZoneEdits edits) {
    String namespace = nodes.namespace();
    if (!OwnerNames.isObjectLabel(namespace)) {
      if (state.exists(namespace)) {
        listener.skipped(nodes.kind(), nodes.key(), "its name is not a DNS label");
      }
      return;
    }
    boolean shown = state.isShown(namespace);
    for (Name apex : zones) {
      replace(apex, "svc", namespace, shown ? Content.EMPTY : Content.ABSENT, edits);
      replace(apex, "pod", namespace, shown ? podsNode() : Content.ABSENT, edits);
    }
  }

  private static void replace(
      Name apex, String tree, String namespace, Content content, ZoneEdits edits) {
    Name owner = OwnerNames.child(apex.child(tree), namespace);
    if (owner != null) {
      edits.replace(apex, owner, content);
    }
  }

  private Content podsNode() {
    return switch (options.pods()) {
      case DISABLED -> Content.ABSENT;
      case INSECURE -> new Content(List.of(), Set.of(Trait.EXISTS, Trait.ADDRESS_LABELS));
      case VERIFIED -> new Content(List.of(), Set.of(Trait.EXISTS, Trait.CANONICAL_LABELS));
    };
  }

  void write(PodName pod, ZoneEdits edits) {
    List<RRset> rrsets = new ArrayList<>(1);
    OwnerContent.addAddresses(rrsets, List.of(pod.address()), options.ttlSeconds());
    Content content = state.hasPod(pod) ? new Content(rrsets, Set.of()) : Content.ABSENT;
    for (Name apex : zones) {
      Name owner = owner(pod, apex);
      if (owner != null) {
        edits.replace(apex, owner, content);
      }
    }
  }

  private static @Nullable Name owner(PodName pod, Name apex) {
    Name pods = OwnerNames.child(apex.child("pod"), pod.namespace());
    return pods == null ? null : OwnerNames.child(pods, OwnerNames.label(pod.address()));
  }
}
