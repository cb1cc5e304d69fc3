package io.clusterzone.k8s.source.cluster;

import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.source.object.Manifest;
import io.clusterzone.k8s.source.object.Manifest.AutoscalerManifest;
import io.clusterzone.k8s.source.object.Manifest.Identity;
import io.clusterzone.k8s.source.object.Manifest.Kind;
import io.clusterzone.k8s.source.object.Manifest.PodManifest;
import io.clusterzone.k8s.source.object.Manifest.WorkloadManifest;
import io.clusterzone.k8s.source.object.Owner;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The objects that workloads in the files own, and the autoscalers that set their number. Confined
/// to the source's thread.
final class WorkloadIndex {
  private static final Map<String, Kind> KINDS =
      Arrays.stream(Kind.values())
          .filter(kind -> kind.compareTo(Kind.DEPLOYMENT) >= 0)
          .collect(Collectors.toUnmodifiableMap(Kind::toString, kind -> kind));

  private final Definitions definitions;
  private final Map<Identity, Set<Identity>> owned = new HashMap<>();
  private final Map<Identity, TreeMap<String, Integer>> autoscalers = new HashMap<>();

  WorkloadIndex(Definitions definitions) {
    this.definitions = definitions;
  }

  /// Another version of an object counts, or none. Returns the workloads that it bears upon.
  Set<Identity> replace(Identity id, @Nullable Manifest old, @Nullable Manifest now) {
    Set<Identity> touched = new HashSet<>();
    for (Identity owner : owners(old)) {
      touched.add(owner);
      remove(owner, id);
    }
    for (Identity owner : owners(now)) {
      touched.add(owner);
      owned.computeIfAbsent(owner, _ -> new HashSet<>()).add(id);
    }
    if (old instanceof AutoscalerManifest autoscaler) {
      target(autoscaler, touched, null);
    }
    if (now instanceof AutoscalerManifest autoscaler) {
      target(autoscaler, touched, autoscaler.minReplicas());
    }
    if (id.kind() == Kind.DEPLOYMENT) {
      touched.addAll(owned.getOrDefault(id, Set.of()));
    }
    if (id.kind() == Kind.POD) {
      addMakers(id.key(), touched);
    }
    return touched;
  }

  private void remove(Identity owner, Identity id) {
    @Nullable Set<Identity> all = owned.get(owner);
    if (all != null && all.remove(id) && all.isEmpty()) {
      owned.remove(owner);
    }
  }

  /// The owner that an object names; of a Pod also the one that its ReplicaSet was made for, as
  /// that may not be in the files.
  private static Set<Identity> owners(@Nullable Manifest manifest) {
    String namespace = manifest == null ? "" : manifest.key().namespace();
    Set<Identity> owners = new HashSet<>();
    switch (manifest) {
      case PodManifest pod -> {
        add(owners, namespace, pod.owner());
        @Nullable Owner deployment = pod.owner().deployment();
        if (deployment != null) {
          add(owners, namespace, deployment);
        }
      }
      case WorkloadManifest workload -> add(owners, namespace, workload.owner());
      case null, default -> {}
    }
    return owners;
  }

  private static void add(Set<Identity> all, String namespace, Owner owner) {
    @Nullable Kind kind = KINDS.get(owner.kind());
    if (kind != null) {
      all.add(new Identity(kind, new ObjectKey(namespace, owner.name())));
    }
  }

  private void target(
      AutoscalerManifest autoscaler, Set<Identity> touched, @Nullable Integer minReplicas) {
    Set<Identity> targets = new HashSet<>();
    add(targets, autoscaler.key().namespace(), autoscaler.target());
    for (Identity target : targets) {
      TreeMap<String, Integer> all = autoscalers.computeIfAbsent(target, _ -> new TreeMap<>());
      if (minReplicas == null) {
        all.remove(autoscaler.key().name());
      } else {
        all.put(autoscaler.key().name(), minReplicas);
      }
      if (all.isEmpty()) {
        autoscalers.remove(target);
      }
    }
    touched.addAll(targets);
  }

  /// Workloads that may have made a Pod of this name: `web-0` or `web-5d9c7b6f4-2xk8q`.
  private void addMakers(ObjectKey pod, Set<Identity> makers) {
    int suffix = pod.name().lastIndexOf('-');
    int hash = suffix < 0 ? -1 : pod.name().lastIndexOf('-', suffix - 1);
    for (Kind kind : KINDS.values()) {
      int end = kind == Kind.DEPLOYMENT ? hash : suffix;
      if (end > 0) {
        var key = new ObjectKey(pod.namespace(), pod.name().substring(0, end));
        var maker = new Identity(kind, key);
        if (definitions.get(maker) != null) {
          makers.add(maker);
        }
      }
    }
  }

  /// Whether the files hold Pods of a workload: then its controller has been at work.
  boolean hasPods(Identity workload) {
    return owned.getOrDefault(workload, Set.of()).stream().anyMatch(id -> id.kind() == Kind.POD);
  }

  /// The number that an autoscaler begins with; of several the first's by name, of none 1.
  int minReplicas(Identity workload) {
    @Nullable TreeMap<String, Integer> all = autoscalers.get(workload);
    return all == null ? 1 : all.firstEntry().getValue();
  }

  /// Whether another workload in the files makes what this one would.
  boolean isOwned(WorkloadManifest workload) {
    return owners(workload).stream().anyMatch(owner -> definitions.get(owner) != null);
  }
}
