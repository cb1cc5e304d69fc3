package io.clusterzone.k8s.source.cluster;

import io.clusterzone.k8s.made.AddressRange;
import io.clusterzone.k8s.made.IpFamily;
import io.clusterzone.k8s.made.MadeAddresses;
import io.clusterzone.k8s.made.MadePod;
import io.clusterzone.k8s.made.Workload;
import io.clusterzone.k8s.made.WorkloadPods;
import io.clusterzone.k8s.model.IpAddress;
import io.clusterzone.k8s.model.ObjectKey;
import io.clusterzone.k8s.problem.Problem;
import io.clusterzone.k8s.problem.ProblemKind;
import io.clusterzone.k8s.source.object.Manifest;
import io.clusterzone.k8s.source.object.Manifest.Identity;
import io.clusterzone.k8s.source.object.Manifest.PodManifest;
import io.clusterzone.k8s.source.object.Manifest.PodState;
import io.clusterzone.k8s.source.object.Manifest.WorkloadManifest;
import io.clusterzone.k8s.source.object.ManifestOptions;
import io.clusterzone.k8s.source.object.Owner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The Pods made of workloads, and the made-up addresses of all Pods. Confined to the source's
/// thread.
///
/// A Pod of the host's network gets an address of its own as well, as if it were alone on its node.
final class MadePods {
  /// Pods with made-up addresses at the most; a tenth of the memory of a large cluster.
  private static final int MAX_PODS = 50_000;

  private static final PodState RUNNING = new PodState(false, false, true, false);

  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

  /// The listener to Pods that come and go.
  interface Listener {
    void withdraw(PodManifest pod);

    void enter(PodManifest pod);
  }

  private final Definitions definitions;
  private final ManifestOptions options;
  private final Listener listener;
  private final List<IpFamily> families;
  private final MadeAddresses addresses;
  private final WorkloadIndex index;

  /// The Pods of each workload, and each Pod that lacked an address, as they are now.
  private final Map<Identity, Map<ObjectKey, PodManifest>> made = new HashMap<>();

  /// Addresses that Pods in the files have, and how many of these.
  private final Map<IpAddress, Integer> given = new HashMap<>();

  /// The number of Pods without an address.
  private final Map<Identity, Integer> unplaced = new HashMap<>();

  /// Numbers that are too large.
  private final Map<Identity, Integer> excessive = new HashMap<>();

  private final Set<Identity> touched = new HashSet<>();

  MadePods(Definitions definitions, ManifestOptions options, Listener listener) {
    this.definitions = definitions;
    this.options = options;
    this.listener = listener;
    List<AddressRange> ranges = options.made().podRanges();
    index = new WorkloadIndex(definitions);
    families = ranges.stream().map(AddressRange::family).toList();
    addresses = new MadeAddresses(ranges, MAX_PODS, Map.of());
  }

  /// Another version of an object counts, or none.
  void replace(Identity id, @Nullable Manifest old, @Nullable Manifest now) {
    if (families.isEmpty()) {
      return;
    }
    touched.addAll(index.replace(id, old, now));
    touched.add(id);
    if (old instanceof PodManifest pod) {
      pod.addresses().forEach(address -> count(address, -1));
    }
    if (now instanceof PodManifest pod) {
      pod.addresses().forEach(address -> count(address, 1));
    }
  }

  private void count(IpAddress address, int change) {
    given.merge(address, change, Integer::sum);
    given.remove(address, 0);
  }

  /// Makes what the changed objects amount to. Addresses are given in one order of all Pods.
  ///
  /// Objects that have Pods come first, then the others in the order of their names, until there is
  /// no room for more: those are counted, not made.
  void settle() {
    touched.addAll(unplaced.keySet());
    unplaced.clear();
    addresses.retry();
    Map<Identity, Map<ObjectKey, PodManifest>> wanted = new LinkedHashMap<>();
    List<Identity> ordered = new ArrayList<>(touched);
    ordered.sort(
        Comparator.comparing((Identity id) -> !made.containsKey(id))
            .thenComparing(Identity::toString));
    int count = 0;
    for (Identity id : ordered) {
      Map<ObjectKey, PodManifest> before = made.getOrDefault(id, Map.of());
      if (count >= MAX_PODS && before.isEmpty()) {
        countUnmade(id);
        continue;
      }
      Map<ObjectKey, PodManifest> pods = podsOf(id);
      count += pods.size();
      if (!pods.isEmpty() || !before.isEmpty()) {
        wanted.put(id, pods);
        before.keySet().stream().filter(key -> !pods.containsKey(key)).forEach(addresses::leave);
      }
    }
    touched.clear();
    replaceAll(wanted, place(wanted));
  }

  private void countUnmade(Identity id) {
    int pods =
        switch (definitions.get(id)) {
          case PodManifest pod when pod.bare() -> 1;
          case WorkloadManifest manifest when !index.hasPods(id) && !index.isOwned(manifest) ->
              Math.min(replicas(id, manifest.workload()), WorkloadPods.MAX_REPLICAS);
          case null, default -> 0;
        };
    if (pods > 0) {
      unplaced.put(id, pods);
    }
  }

  /// The Pods made of an object, without addresses.
  private Map<ObjectKey, PodManifest> podsOf(Identity id) {
    excessive.remove(id);
    Map<ObjectKey, PodManifest> pods = new LinkedHashMap<>();
    switch (definitions.get(id)) {
      case PodManifest pod when pod.bare() -> pods.put(pod.key(), pod);
      case WorkloadManifest manifest when !index.hasPods(id) && !index.isOwned(manifest) -> {
        int replicas = replicas(id, manifest.workload());
        if (replicas > WorkloadPods.MAX_REPLICAS) {
          excessive.put(id, replicas);
        }
        for (MadePod pod : WorkloadPods.of(manifest.workload(), replicas)) {
          if (definitions.get(new Identity(Manifest.Kind.POD, pod.key())) == null) {
            pods.put(pod.key(), manifestOf(pod, manifest));
          }
        }
      }
      case null, default -> {}
    }
    return pods;
  }

  private int replicas(Identity id, Workload workload) {
    if (workload.kind() == Workload.Kind.DAEMON_SET) {
      return options.made().nodes();
    }
    return workload.replicas() == Workload.NO_NUMBER ? index.minReplicas(id) : workload.replicas();
  }

  private PodManifest manifestOf(MadePod pod, WorkloadManifest manifest) {
    return new PodManifest(
        pod.key(),
        manifest.origin(),
        options.labels().matches(pod.labels()),
        Owner.NONE,
        true,
        pod.labels(),
        List.of(),
        RUNNING,
        pod.hostname(),
        pod.subdomain(),
        "",
        manifest.workload().template().ports());
  }

  /// The addresses of these Pods; one that there is none for is missing.
  private Map<ObjectKey, List<IpAddress>> place(Map<Identity, Map<ObjectKey, PodManifest>> wanted) {
    Map<ObjectKey, List<IpAddress>> placed = new TreeMap<>(ORDER);
    for (Map<ObjectKey, PodManifest> pods : wanted.values()) {
      for (ObjectKey key : pods.keySet()) {
        addresses.renew(key, families, given::containsKey);
        placed.put(key, List.of());
      }
    }
    for (Map.Entry<ObjectKey, List<IpAddress>> pod : placed.entrySet()) {
      @Nullable List<IpAddress> found = addresses.take(pod.getKey(), families, given::containsKey);
      pod.setValue(found == null ? List.of() : found);
    }
    return placed;
  }

  /// Objects that go, go first: another object may make a Pod of the same name.
  private void replaceAll(
      Map<Identity, Map<ObjectKey, PodManifest>> wanted, Map<ObjectKey, List<IpAddress>> placed) {
    List<PodManifest> entering = new ArrayList<>();
    wanted.forEach((id, pods) -> {
      Map<ObjectKey, PodManifest> now = atTheirPlaces(id, pods, placed);
      Map<ObjectKey, PodManifest> before = made.getOrDefault(id, Map.of());
      before.values().stream()
          .filter(pod -> !pod.equals(now.get(pod.key())))
          .forEach(listener::withdraw);
      now.values().stream()
          .filter(pod -> !pod.equals(before.get(pod.key())))
          .forEach(entering::add);
      if (now.isEmpty()) {
        made.remove(id);
      } else {
        made.put(id, now);
      }
    });
    entering.forEach(listener::enter);
  }

  private Map<ObjectKey, PodManifest> atTheirPlaces(
      Identity id, Map<ObjectKey, PodManifest> pods, Map<ObjectKey, List<IpAddress>> placed) {
    Map<ObjectKey, PodManifest> now = new LinkedHashMap<>();
    pods.forEach((key, pod) -> {
      List<IpAddress> found = placed.getOrDefault(key, List.of());
      if (found.isEmpty()) {
        unplaced.merge(id, 1, Integer::sum);
      } else {
        now.put(key, pod.at(found));
      }
    });
    return now;
  }

  MadeAddresses addresses() {
    return addresses;
  }

  void addProblems(List<Problem> problems) {
    excessive.forEach((id, number) ->
        addProblem(
            problems,
            id,
            "%s has %d replicas, and %d Pods are made of one workload, not more"
                .formatted(id, number, WorkloadPods.MAX_REPLICAS)));
    unplaced.keySet().stream()
        .min(Comparator.comparing(Identity::toString))
        .ifPresent(first -> addProblem(problems, first, full(first)));
  }

  private String full(Identity first) {
    int pods = unplaced.values().stream().mapToInt(Integer::intValue).sum();
    return addresses.owners() >= MAX_PODS
        ? "%d Pods of %s and others are not made: %d are the most".formatted(pods, first, MAX_PODS)
        : "no address is left in %s for %d Pods, of %s%s; make pod_cidr larger"
            .formatted(addresses.ranges(), pods, first, MadeServiceIps.more(unplaced.size() - 1));
  }

  private void addProblem(List<Problem> problems, Identity id, String message) {
    @Nullable Manifest manifest = definitions.get(id);
    if (manifest != null) {
      problems.add(manifest.origin().problem(ProblemKind.MADE_UP_LIMIT, message));
    }
  }
}
